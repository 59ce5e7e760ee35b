/** Which thread of its sender a mail belongs to, and how it is answered. */
import { createHash } from 'node:crypto'
import type { OwnIds } from './own-ids.ts'
import type { Mail } from './read-mail.ts'

export interface MailThread {
  id: string
  /** without Re: and the like */
  subject: string
  /** Message-ID of their last mail, or of ours that began it; with brackets */
  lastId?: string
  /** what goes before `lastId` in References, oldest first */
  references: string[]
  /** ids of their mails in it, newest last: for programs that send In-Reply-To alone */
  ids: string[]
  /** where answers go, when not to the sender */
  replyTo?: string
  atMs: number
}

const KEPT_THREADS = 8
const KEPT_IDS = 20

export function threadKeyOf(address: string, threadId: string): string {
  return `${address}#${threadId}`
}

export function ofThreadKey(threadKey: string): { address: string; threadId: string } {
  const at = threadKey.lastIndexOf('#')
  return { address: threadKey.slice(0, at), threadId: threadKey.slice(at + 1) }
}

/** Re:, 回复:, 答复:, Aw: … however many; forwarding marks stay, since a forwarded mail is a new matter. */
export function baseSubject(subject: string): string {
  let base = subject.trim()
  for (let before = ''; before !== base;) {
    before = base
    base = base.replace(
      /^(?:re|aw|sv|antw|回复|回覆|答复|答覆|返信|회신)\s*(?:\[\d+\])?\s*[::]\s*/i,
      '',
    )
  }
  return base
}

/**
 * Our own ids first (In-Reply-To, then References from the newest), then the plus address, then ids of theirs,
 * then the root of References, then the subject of an answer; otherwise it begins a thread.
 */
export function threadOf(mail: Mail, known: MailThread[], ids: OwnIds): string {
  const named = [...mail.inReplyTo, ...mail.references.toReversed()]
  for (const id of named) {
    const own = ids.read(id)
    if (own) return own.threadId
  }
  for (const address of mail.recipients) {
    const threadId = ids.readAddress(address)
    if (threadId) return threadId
  }
  for (const id of named) {
    const found = known.find((thread) => thread.ids.includes(id))
    if (found) return found.id
  }
  const root = mail.references[0] ?? mail.inReplyTo[0]
  if (root) return idOf(root)
  const base = baseSubject(mail.subject)
  if (base && base !== mail.subject.trim()) {
    const found = known.findLast(({ subject }) => subject.toLowerCase() === base.toLowerCase())
    if (found) return found.id
  }
  return idOf(mail.id ?? `${mail.from?.address}|${mail.date}|${mail.subject}`)
}

/** 48 bits: threads of one sender are told apart by it, nothing else. */
const idOf = (root: string): string => createHash('sha256').update(root).digest('hex').slice(0, 12)

/** The sender's threads with this mail in it, the one last written to at the end. */
export function withMail(
  known: MailThread[],
  threadId: string,
  mail: Mail,
  nowMs: number,
): MailThread[] {
  const before = known.find(({ id }) => id === threadId)
  const replyTo = mail.replyTo !== mail.from?.address ? mail.replyTo : undefined
  const ids = [...(before?.ids ?? []), ...(mail.id ? [mail.id] : [])]
  const thread: MailThread = {
    id: threadId,
    subject: baseSubject(mail.subject) || (before?.subject ?? ''),
    ...(mail.id && { lastId: mail.id }),
    references: bounded(mail.references.length ? mail.references : mail.inReplyTo),
    ids: [...new Set(ids)].slice(-KEPT_IDS),
    ...(replyTo && { replyTo }),
    atMs: nowMs,
  }
  return [...known.filter(({ id }) => id !== threadId), thread].slice(-KEPT_THREADS)
}

/** The sender's threads with one that we begin. */
export function withOwn(
  known: MailThread[],
  threadId: string,
  subject: string,
  nowMs: number,
): MailThread[] {
  if (known.some(({ id }) => id === threadId)) return known
  const thread: MailThread = { id: threadId, subject, references: [], ids: [], atMs: nowMs }
  return [...known, thread].slice(-KEPT_THREADS)
}

/** What begins a thread of ours: the same matter and subject again is the same thread. */
export const ownThreadId = (conversationId: string, address: string, subject: string): string =>
  idOf(`${conversationId}|${address}|${subject}`)

/** The first one began it; programs look at the last ones. */
const bounded = (ids: string[]): string[] =>
  ids.length <= KEPT_IDS ? ids : [ids[0]!, ...ids.slice(1 - KEPT_IDS)]
