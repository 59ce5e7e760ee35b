import type { G711 } from '../codecs/g711.ts'
import { transcode } from '../codecs/g711.ts'
import type { Codec } from '../media.ts'
import { Concealment } from './concealment.ts'
import { FRAME, SILENCE } from './frame.ts'
import { JitterBuffer } from './jitter-buffer.ts'

/**
 * What one leg says, frame by frame. It stays encoded until somebody asks for samples: a bridge of two legs
 * with one codec passes the bytes on (half the cost of decoding and encoding them).
 */
export class IncomingAudio {
  /** of the present frame, where `kind` is `encoded` */
  readonly encoded = new Uint8Array(FRAME)
  kind: 'silence' | 'encoded' | 'linear' = 'silence'
  readonly buffer = new JitterBuffer()
  private codec: G711
  private readonly linear = new Int16Array(FRAME)
  private isDecoded = false
  private readonly concealment = new Concealment()
  /** the last two frames that arrived, for concealment */
  private readonly history = new Uint8Array(2 * FRAME)

  constructor(codec: G711) {
    this.codec = codec
  }

  get codecName(): Codec {
    return this.codec.name
  }

  /** Another codec was agreed. */
  setCodec(codec: G711): void {
    if (codec === this.codec) return
    this.codec = codec
    this.buffer.reset()
    this.history.fill(codec.silence)
  }

  /** Either law may come, whichever was preferred. */
  write(timestamp: number, payload: Uint8Array, codec: Codec, jitter: number): void {
    const bytes = codec === this.codec.name ? payload : transcode(payload, this.codec.name)
    this.buffer.write(timestamp, bytes, jitter)
  }

  /** On to the next frame. */
  next(): void {
    this.isDecoded = false
    this.encoded.fill(this.codec.silence)
    if (this.buffer.read(this.encoded) > 0) {
      this.kind = 'encoded'
      this.history.copyWithin(0, FRAME)
      this.history.set(this.encoded, FRAME)
      if (this.concealment.active) {
        const frame = this.pcm()
        this.concealment.join(frame)
        this.kind = 'linear'
      }
      return
    }
    const heardBefore = this.kind !== 'silence'
    if (!heardBefore || this.concealment.faded) {
      this.kind = 'silence'
      return
    }
    this.kind = 'linear'
    this.isDecoded = true
    this.concealment.fill(this.linear, () => {
      const decoded = new Int16Array(2 * FRAME)
      this.codec.decode(this.history, decoded)
      return decoded
    })
  }

  /** The present frame; valid until the next. */
  pcm(): Int16Array {
    if (this.kind === 'silence') return SILENCE
    if (!this.isDecoded) {
      this.codec.decode(this.encoded, this.linear)
      this.isDecoded = true
    }
    return this.linear
  }
}
