import { createSocket } from 'node:dgram'
import type { RemoteInfo, Socket } from 'node:dgram'
import { once } from 'node:events'

export interface LossyRelayOptions {
  /** who is behind the relay; whoever sends to `relay.port` is in front of it */
  target: { host?: string; port: number }
  /** of 100 datagrams, in each direction */
  losePercent?: number
  doublePercent?: number
  /** held until the next one of its direction has passed it, 40 ms at most */
  reorderPercent?: number
  /** the same seed and the same number of datagrams meet the same fates */
  seed?: number
  /**
   * Changes what is passed on, e.g. the addresses in Contact and SDP, so that what follows takes this way too;
   * undefined: the datagram is lost.
   */
  rewrite?: (data: Buffer, direction: Direction) => Buffer | undefined
}

export type Direction = 'toTarget' | 'fromTarget'
export interface RelayCounts {
  received: number
  lost: number
  doubled: number
  reordered: number
}

/** how long a datagram waits for another to overtake it: longer than two RTP packets are apart */
const HOLD_MS = 40
/** ends in front of one relay; a test has a few */
const MOST_FRONTS = 256

/** A UDP relay on loopback that treats datagrams as a bad network does. */
export class LossyRelay {
  readonly counts: Record<Direction, RelayCounts>
  private readonly options: LossyRelayOptions
  private readonly front: Socket
  /** the socket that speaks to the target for each end in front */
  private readonly backs = new Map<string, Promise<Socket>>()
  private readonly lanes: Record<Direction, Lane>
  private closed = false

  private constructor(options: LossyRelayOptions, front: Socket) {
    this.options = options
    this.front = front
    const seed = options.seed ?? 1
    this.lanes = { toTarget: new Lane(options, seed), fromTarget: new Lane(options, seed + 1) }
    this.counts = { toTarget: this.lanes.toTarget.counts, fromTarget: this.lanes.fromTarget.counts }
    front.on('message', (data, from) => void this.fromFront(data, from))
  }

  static async open(options: LossyRelayOptions): Promise<LossyRelay> {
    return new LossyRelay(options, await bind())
  }

  get port(): number {
    return this.front.address().port
  }

  async close(): Promise<void> {
    this.closed = true
    for (const lane of Object.values(this.lanes)) lane.close()
    this.front.close()
    for (const back of this.backs.values()) (await back).close()
  }

  private async fromFront(data: Buffer, from: RemoteInfo): Promise<void> {
    const back = await this.backFor(from)
    if (!back) return
    const { host = '127.0.0.1', port } = this.options.target
    this.pass('toTarget', data, (bytes) => back.send(bytes, port, host))
  }

  private backFor(from: RemoteInfo): Promise<Socket> | undefined {
    const key = `${from.address}:${from.port}`
    let back = this.backs.get(key)
    if (!back && !this.closed && this.backs.size < MOST_FRONTS) {
      back = bind()
      this.backs.set(key, back)
      void back.then((socket) =>
        socket.on('message', (data) =>
          this.pass('fromTarget', data, (bytes) => this.front.send(bytes, from.port, from.address)),
        ),
      )
    }
    return back
  }

  private pass(direction: Direction, data: Buffer, send: (bytes: Buffer) => void): void {
    if (this.closed) return
    const rewritten = this.options.rewrite ? this.options.rewrite(data, direction) : data
    if (rewritten) this.lanes[direction].pass(() => send(rewritten))
  }
}

/** One direction. */
class Lane {
  readonly counts: RelayCounts = { received: 0, lost: 0, doubled: 0, reordered: 0 }
  private readonly options: LossyRelayOptions
  private readonly random: () => number
  private held: { send: () => void; timer: NodeJS.Timeout } | undefined

  constructor(options: LossyRelayOptions, seed: number) {
    this.options = options
    this.random = seeded(seed)
  }

  pass(send: () => void): void {
    this.counts.received++
    // three draws for each, so that one percentage does not change the fates by another
    const [lost, doubled, reordered] = [
      this.hit(this.options.losePercent),
      this.hit(this.options.doublePercent),
      this.hit(this.options.reorderPercent),
    ]
    if (lost) {
      this.counts.lost++
      return
    }
    const times = doubled ? 2 : 1
    if (doubled) this.counts.doubled++
    if (reordered && !this.held) {
      this.counts.reordered++
      this.held = {
        send: () => repeat(send, times),
        timer: setTimeout(() => this.release(), HOLD_MS),
      }
      return
    }
    repeat(send, times)
    this.release()
  }

  close(): void {
    clearTimeout(this.held?.timer)
    this.held = undefined
  }

  private release(): void {
    const held = this.held
    this.close()
    held?.send()
  }

  private hit(percent = 0): boolean {
    return this.random() * 100 < percent
  }
}

function repeat(send: () => void, times: number): void {
  for (let sent = 0; sent < times; sent++) send()
}

async function bind(): Promise<Socket> {
  const socket = createSocket('udp4')
  // an end that has gone answers with ICMP, which must not end the test
  socket.on('error', () => undefined)
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

/** Even numbers from 0 to 1 out of a linear congruential generator (constants of Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
