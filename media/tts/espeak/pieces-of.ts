/** Spoken in at most about 12 s, 0.1 s of computing: between pieces others get their turn, and a cancel is heard. */
const PIECE_CHARS = 60
const LATIN_PIECE_CHARS = 180

export interface Piece {
  text: string
  /** silence after it, ms, as espeak would make inside a text */
  pauseMs: number
}

/**
 * Cuts a text where one breathes: at the ends of sentences, a long sentence at commas or spaces, and
 * anything longer than a piece wherever it is.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  for (const sentence of text.split(/(?<=[。！？!?；;\n])|(?<=\.)\s+/u)) {
    const parts = cut(sentence.trim())
    parts.forEach((part, index) => {
      pieces.push({ text: part, pauseMs: index < parts.length - 1 ? 150 : 350 })
    })
  }
  if (pieces.length) pieces[pieces.length - 1]!.pauseMs = 0
  return pieces
}

function cut(sentence: string): string[] {
  if (!/[\p{L}\p{N}]/u.test(sentence)) return []
  const limit = /\p{Script=Han}/u.test(sentence) ? PIECE_CHARS : LATIN_PIECE_CHARS
  if (sentence.length <= limit) return [sentence]
  const head = sentence.slice(0, limit)
  const comma = Math.max(head.lastIndexOf('，'), head.lastIndexOf(','), head.lastIndexOf('、'))
  const space = head.lastIndexOf(' ')
  const at = comma > limit / 3 ? comma + 1 : space > limit / 3 ? space + 1 : limit
  return [sentence.slice(0, at).trim(), ...cut(sentence.slice(at).trim())].filter(Boolean)
}
