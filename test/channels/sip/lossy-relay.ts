import { createSocket, type Socket } from 'node:dgram'

/** Loses, doubles and reorders datagrams between whoever sends to it and one peer, by a seed: every run is the same. */
export class LossyRelay {
  lost = 0
  doubled = 0
  late = 0
  readonly #front: Socket
  readonly #share: number
  /** a socket towards the peer for each sender, so that answers find their way back */
  readonly #backs = new Map<number, Socket>()
  #seed: number

  private constructor(front: Socket, peerPort: number, share: number, seed: number) {
    this.#front = front
    this.#share = share
    this.#seed = seed
    front.on('message', (bytes, from) => this.#forward(bytes, this.#back(from.port), peerPort))
  }

  /** @param share of datagrams that each of the three befalls, 0.05 for 5 % */
  static async open(peerPort: number, share: number, seed: number): Promise<LossyRelay> {
    const front = createSocket('udp4')
    await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve))
    return new LossyRelay(front, peerPort, share, seed)
  }

  get port(): number {
    return this.#front.address().port
  }

  close(): void {
    this.#front.close()
    for (const back of this.#backs.values()) back.close()
  }

  #back(port: number): Socket {
    let back = this.#backs.get(port)
    if (!back) {
      back = createSocket('udp4')
      back.bind(0, '127.0.0.1')
      back.on('message', (bytes) => this.#forward(this.#inbetween(bytes), this.#front, port))
      this.#backs.set(port, back)
    }
    return back
  }

  /** The peer's Contact names the relay, so that what follows within the call comes this way too. */
  #inbetween(bytes: Buffer): Buffer {
    const text = bytes.toString()
    return Buffer.from(
      text.replace(/^(Contact: .*):\d+>/m, (_all, before: string) => `${before}:${this.port}>`),
    )
  }

  #forward(bytes: Buffer, socket: Socket, port: number): void {
    const send = (): void => {
      try {
        socket.send(bytes, port, '127.0.0.1')
      } catch {
        // closed with the test
      }
    }
    const chance = this.#random()
    if (chance < this.#share) {
      this.lost++
      return
    }
    if (chance < 2 * this.#share) {
      this.doubled++
      send()
    } else if (chance < 3 * this.#share) {
      this.late++
      setTimeout(send, 30)
      return
    }
    send()
  }

  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647
    return this.#seed / 2_147_483_647
  }
}
