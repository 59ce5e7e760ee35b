/** The lines a web master pastes before `</body>` to have the chat on a page. */
export function embedCode(origin: string, accountId: string): string {
  return `<script async src="${origin}/webchat/loader.js" data-account="${accountId}"></script>`
}

/** An origin as browsers send it: people paste whole addresses. Undefined if it is no web address. */
export function originOf(typed: string): string | undefined {
  const text = typed.trim()
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : undefined
  } catch {
    return undefined
  }
}
