import { randomInt } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fail } from '../../gateway/errors.ts'
import type { PortRange } from './messages.ts'

/** with ports of the system's choice half are odd, and the next may be taken */
const TRIES = 64

export interface SocketPair {
  rtp: Socket
  rtcp: Socket
  /** of RTP; RTCP has the next */
  port: number
}

/** `send` looks addresses up even where they are numbers; ours always are. */
const lookup = (
  address: string,
  _options: unknown,
  found: (error: null, address: string, family: number) => void,
) => found(null, address, address.includes(':') ? 6 : 4)

/**
 * Hands out pairs of ports, an even one and the next (RFC 3550 §11), in turn, so that none comes back soon; from
 * somewhere in the range, or telephones that have not noticed that we were started again, and still send to the first
 * ports, would be taken for the new callers there.
 */
export class RtpPorts {
  private readonly range: PortRange
  private readonly host: string
  private next: number

  constructor(host: string, range: PortRange) {
    this.host = host
    this.range = { from: range.from + (range.from & 1), to: range.to }
    const pairs = Math.floor((this.range.to - this.range.from + 1) / 2)
    this.next = this.range.from + 2 * randomInt(Math.max(1, pairs))
  }

  /** @throws YiluError CALLS_FULL where no pair is free */
  async bind(): Promise<SocketPair> {
    const { from, to } = this.range
    const tries = to ? Math.floor((to - from + 1) / 2) : TRIES
    for (let i = 0; i < tries; i++) {
      const pair = await this.tryPair(to ? this.take() : 0)
      if (pair) return pair
    }
    return fail('CALLS_FULL')
  }

  private take(): number {
    const port = this.next
    this.next = port + 3 > this.range.to ? this.range.from : port + 2
    return port
  }

  private async tryPair(wanted: number): Promise<SocketPair | undefined> {
    const rtp = await this.tryBind(wanted)
    if (!rtp) return undefined
    const { port } = rtp.address()
    const rtcp = port & 1 ? undefined : await this.tryBind(port + 1)
    if (rtcp) return { rtp, rtcp, port }
    rtp.close()
    return undefined
  }

  private async tryBind(port: number): Promise<Socket | undefined> {
    const type = this.host.includes(':') ? 'udp6' : 'udp4'
    const socket = createSocket({ type, lookup: lookup as never })
    try {
      // with such a look-up it may listen before `bind` returns
      const listening = once(socket, 'listening')
      socket.bind(port, this.host)
      await listening
      return socket
    } catch {
      socket.close()
      return undefined
    }
  }
}
