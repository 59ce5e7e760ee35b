/** Approved texts with places for parameters, `您的{{what}}已受理`. Pure. */

const PLACE = /\{\{\s*(\w{1,32})\s*\}\}/g

/** The parameters a text names, each once, in the order of the text. */
export function paramsIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map(([, key]) => key!))]
}

/** A text as pieces to show: words, and parameters with what was filled in so far. */
export type TemplatePiece = { text: string } | { key: string; value: string }

export function piecesOf(text: string, params: Record<string, string>): TemplatePiece[] {
  const pieces: TemplatePiece[] = []
  let from = 0
  for (const place of text.matchAll(PLACE)) {
    if (place.index > from) pieces.push({ text: text.slice(from, place.index) })
    pieces.push({ key: place[1]!, value: params[place[1]!]?.trim() ?? '' })
    from = place.index + place[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}
