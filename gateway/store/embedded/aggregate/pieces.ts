/** Documents as they cross between threads: one after the other, each beginning with its length. */
export const PIECE_BYTES = 256 * 1024

/** Into memory of its own, which can be handed to another thread without a copy. */
export function pack(documents: Uint8Array[]): Uint8Array<ArrayBuffer> {
  let size = 0
  for (const document of documents) size += document.length
  const piece = new Uint8Array(new ArrayBuffer(size))
  let at = 0
  for (const document of documents) {
    piece.set(document, at)
    at += document.length
  }
  return piece
}

export function* unpack(piece: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength)
  for (let at = 0; at < piece.length;) {
    const end = at + view.getInt32(at, true)
    yield piece.subarray(at, end)
    at = end
  }
}
