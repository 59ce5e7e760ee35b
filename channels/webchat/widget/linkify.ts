/** Finds links in plain text, so that they become elements and never markup. */
export type TextPiece = { text: string; href?: string }

const URL_PATTERN = /https?:\/\/[^\s<>"'`，。；：！？、）】》「」“”]+/gi
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}]+$/

export function linkify(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of text.matchAll(URL_PATTERN)) {
    const address = trimAddress(match[0])
    const href = safeUrl(address)
    if (!href) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ text: address, href })
    from = match.index + address.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

/** The address when it is one a tap may follow; `javascript:` and its like are none. */
export function safeUrl(address: string | undefined): string | undefined {
  if (!address) return undefined
  try {
    const { protocol, href } = new URL(address)
    return /^(https?|tel|mailto|geo):$/.test(protocol) ? href : undefined
  } catch {
    return undefined
  }
}

function trimAddress(raw: string): string {
  const address = raw.replace(TRAILING, '')
  // Wikipedia-like addresses end in a bracket that belongs to them
  const opens = address.split('(').length - address.split(')').length
  return opens > 0 && raw.startsWith(`${address})`) ? `${address})` : address
}
