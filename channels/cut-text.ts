/** Texts that are longer than a provider takes, cut where a reader pauses. */

/** From the best place to cut to the worst; each matches up to and including the place. */
const places = [/\n{2,}/g, /\n/g, /[。!?!?;;]+["”’」』))]*|\.(?=\s)/g, /[,,、::]/g, /\s+/g]
/** A cut that leaves less than this share of the room is not worth its place. */
const LEAST_SHARE = 0.5

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
export const utf8Bytes = (text: string): number => Buffer.byteLength(text)
export const utf16Chars = (text: string): number => text.length

/**
 * Pieces of at most `most` units each, in order; never within a character or emoji, and without the blanks at
 * the cuts. @param sizeOf the unit: UTF-8 bytes, or UTF-16 characters
 */
export function cutText(text: string, most: number, sizeOf = utf8Bytes): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (sizeOf(rest) > most) {
    const head = fitting(rest, most, sizeOf)
    const end = pauseIn(head, rest[head.length] === '\n') ?? head.length
    pieces.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest) pieces.push(rest)
  return pieces
}

/** As much of the beginning as fits. */
export function fitting(text: string, most: number, sizeOf = utf8Bytes): string {
  let size = 0
  let end = 0
  for (const { segment } of graphemes.segment(text)) {
    size += sizeOf(segment)
    if (size > most) break
    end += segment.length
  }
  // one character under a heap of marks fills all the room: then by code points, at least one
  return text.slice(0, end) || fittingCodePoints(text, most, sizeOf)
}

function fittingCodePoints(text: string, most: number, sizeOf: (text: string) => number): string {
  let head = ''
  for (const point of text) {
    if (head && sizeOf(head + point) > most) break
    head += point
  }
  return head
}

function pauseIn(head: string, breaksAfter: boolean): number | undefined {
  if (breaksAfter) return head.length
  for (const place of places) {
    const last = [...head.matchAll(place)].at(-1)
    const end = last && last.index + last[0].length
    if (end && end >= head.length * LEAST_SHARE) return end
  }
  return undefined
}
