/** A piece of sound as its decoder gives it: one channel, −1 … 1. The rate may change between pieces. */
export interface Piece {
  sampleRate: number
  samples: Float32Array
}

/** Everything of a file, piece by piece, so that a long one needs little memory. */
export type Sound = AsyncIterable<Piece> | Iterable<Piece>

/** More than this nobody records; each is decoded before they are mixed. */
export const MAX_CHANNELS = 8

/** Channels as one, every one as loud. */
export function mixed(channels: Float32Array[]): Float32Array {
  const [first, ...others] = channels
  if (!first || !others.length) return first ?? new Float32Array(0)
  return first.map((value, at) => {
    let sum = value
    for (const other of others) sum += other[at] ?? 0
    return sum / channels.length
  })
}
