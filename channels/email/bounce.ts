/** A report about mail of ours that did not arrive, RFC 3464; and those of servers that write it in words. */
import type { OwnIds } from './own-ids.ts'
import type { Mail } from './read-mail.ts'

export interface Bounce {
  /** our Message-ID, without brackets */
  id: string
  /** delayed: they go on trying */
  action: 'failed' | 'delayed' | 'delivered'
  /** RFC 3463, e.g. 5.1.1; or BOUNCED */
  code: string
}

/** The returned header stands near the start. */
const MAX_LOOK_CHARS = 64 * 1024

/** @returns undefined where it names no mail of ours, or names it without our signature */
export function readBounce(mail: Mail, ids: OwnIds): Bounce | undefined {
  const textOf = (content: Buffer) => content.subarray(0, MAX_LOOK_CHARS).toString('utf8')
  const report = mail.attachments.find(({ mime }) =>
    /^message\/(?:global-)?delivery-status$/.test(mime),
  )
  const status = report ? textOf(report.content) : ''
  const returned = mail.attachments
    .filter((each) => each !== report)
    .map(({ content }) => textOf(content))
  const words = mail.text.slice(0, MAX_LOOK_CHARS)
  const places = [...returned, ...mail.inReplyTo, ...mail.references, words]
  for (const place of places) {
    const [id] = ids.findIn(place)
    if (id) return { id, ...outcome(status, words) }
  }
  return undefined
}

function outcome(status: string, words: string): Omit<Bounce, 'id'> {
  const action = /^action:\s*([a-z]+)/im.exec(status)?.[1]?.toLowerCase()
  const code = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(status)?.[1]
  if (action === 'delayed') return { action, code: code ?? 'DELAYED' }
  if (action && ['delivered', 'relayed', 'expanded'].includes(action))
    return { action: 'delivered', code: code ?? '' }
  return { action: 'failed', code: code ?? /\b5\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] ?? 'BOUNCED' }
}
