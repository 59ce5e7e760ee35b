import type { CannedReplyView } from '../../../../gateway/desk/schema.ts'

/** `/abc` at the very beginning asks for canned replies by shortcut; undefined when nothing is asked. */
export function cannedQuery(draft: string): string | undefined {
  return /^\/([\p{L}\p{N}_-]*)$/u.exec(draft)?.[1]
}

/** Shortcuts that begin with the query first, then titles that contain it. */
export function findCanned(replies: CannedReplyView[], query: string): CannedReplyView[] {
  const wanted = query.toLowerCase()
  const begins = replies.filter((reply) => reply.shortcut.toLowerCase().startsWith(wanted))
  const contains = replies.filter(
    (reply) => !begins.includes(reply) && reply.title.toLowerCase().includes(wanted),
  )
  return [...begins, ...contains].slice(0, 8)
}

/** The reply in the visitor's language; else in English for foreigners; else whatever there is. */
export function cannedText(reply: CannedReplyView, lang: string): string {
  const { text } = reply
  return (
    text[lang] ??
    text[lang.split('-')[0]!] ??
    (lang.startsWith('zh') ? text['zh-CN'] : text['en']) ??
    Object.values(text)[0] ??
    ''
  )
}
