/** Mail that no person wrote to us: answering it would only make more of it. */
import type { Mail } from './read-mail.ts'

/** bounce: what became of our own mail; own: it came from ourselves; list: written to many; auto: by a program. */
export type AutomaticKind = 'bounce' | 'own' | 'list' | 'auto'

const DAEMONS = /^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|bounces?)(?:[+=].*)?@/
const NO_REPLY = /^(?:no-?reply|do-?not-?reply|noreply-.*|notifications?)(?:[+=].*)?@/

/** RFC 3834 §2, RFC 3464, RFC 2369; and the fields Exchange and older programs use for the same. */
export function automaticKind(
  mail: Mail,
  isOurs: (address: string) => boolean,
): AutomaticKind | undefined {
  const first = (name: string) => (mail.headers.get(name)?.[0] ?? '').trim().toLowerCase()
  const sender = mail.from?.address ?? ''
  if (first('content-type').startsWith('multipart/report')) {
    // a disposition notification (RFC 8098) says that it was read: nobody asked for that
    return first('content-type').includes('disposition-notification') ? 'auto' : 'bounce'
  }
  // the empty return path of RFC 5321 §4.5.5
  if (first('return-path') === '<>' && DAEMONS.test(sender)) return 'bounce'
  if (DAEMONS.test(sender) || mail.headers.has('x-failed-recipients')) return 'bounce'
  if (isOurs(sender)) return 'own'
  const submitted = first('auto-submitted')
  if (submitted && !/^no\b/.test(submitted)) return 'auto'
  if (first('return-path') === '<>') return 'auto'
  const suppress = first('x-auto-response-suppress')
  if (suppress && !/^none\b/.test(suppress)) return 'auto'
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => mail.headers.has(name)))
    return 'auto'
  const precedence = first('precedence')
  if (precedence === 'auto_reply') return 'auto'
  if (/^(?:bulk|list|junk)$/.test(precedence)) return 'list'
  if (mail.headers.has('list-id') || mail.headers.has('list-unsubscribe')) return 'list'
  // a form on a web site writes from such an address and names the person to answer
  if (NO_REPLY.test(sender) && (!mail.replyTo || NO_REPLY.test(mail.replyTo))) return 'auto'
  return undefined
}
