import type { ReadDocument } from '../documents/read-document.ts'

/** about a minute of speech: who hears more at once has forgotten its beginning */
const MAX_CHARS = 240
const MAX_LATIN_CHARS = 700
/** shorter ones, headings for the most part, are said together with what follows */
const MIN_CHARS = 20
export const MAX_PASSAGES = 200

/**
 * A document cut into what is said in one go: by paragraphs, long ones at the ends of sentences; the rows of a
 * table as their cells, each after the heading of its column. Pure.
 */
export function passagesOf(read: ReadDocument): string[] {
  const paragraphs = read.kind === 'text' ? read.paragraphs : sentencesOf(read.rows)
  const passages: string[] = []
  let pending = ''
  for (const paragraph of paragraphs.flatMap(cut)) {
    const joined = pending ? `${pending}\n${paragraph}` : paragraph
    // a heading that would make the passage too long stands alone
    if (pending && joined.length > limitOf(joined)) {
      passages.push(pending)
      pending = paragraph
    } else pending = joined
    if (pending.length < MIN_CHARS && read.kind === 'text') continue
    passages.push(pending)
    pending = ''
  }
  if (pending) passages.push(pending)
  // what looks like a variable would be filled in
  return passages.map((passage) => passage.replaceAll('{{', '{ {').replaceAll('}}', '} }'))
}

function sentencesOf([head = [], ...rows]: string[][]): string[] {
  if (!rows.length) return [head.filter(Boolean).join(', ')]
  return rows.map((row) =>
    row
      .map((cell, at) => (cell && head[at] ? `${head[at]}:${cell}` : cell))
      .filter(Boolean)
      .join(';'),
  )
}

/** A paragraph that is too long, at the ends of its sentences; a sentence that is, at its commas. */
function cut(paragraph: string): string[] {
  const limit = limitOf(paragraph)
  if (paragraph.length <= limit) return [paragraph]
  const pieces: string[] = []
  let piece = ''
  for (const sentence of paragraph.split(/(?<=[。!?!?;;\n])|(?<=\.)\s+/u).flatMap(halved)) {
    if (piece && piece.length + sentence.length > limit) {
      pieces.push(piece.trim())
      piece = ''
    }
    piece += piece && /[\w.!?]$/.test(piece) ? ` ${sentence}` : sentence
  }
  if (piece.trim()) pieces.push(piece.trim())
  return pieces

  function halved(sentence: string): string[] {
    if (sentence.length <= limit) return [sentence]
    const head = sentence.slice(0, limit)
    const at = Math.max(head.lastIndexOf(','), head.lastIndexOf(','), head.lastIndexOf(' ')) + 1
    const end = at > limit / 3 ? at : limit
    return [sentence.slice(0, end), ...halved(sentence.slice(end))]
  }
}

const limitOf = (text: string) => (/\p{Script=Han}/u.test(text) ? MAX_CHARS : MAX_LATIN_CHARS)

/** Spoken at an ordinary pace: four Chinese characters or fifteen Latin letters a second. */
export function secondsOf(text: string): number {
  const hanzi = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return Math.max(1, Math.round(hanzi / 4 + (text.length - hanzi) / 15))
}
