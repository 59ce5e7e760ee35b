/** A mail as it came, read within bounds. */
import PostalMime, { addressParser } from 'postal-mime'
import type { Address, Attachment } from 'postal-mime'
import { hasFewParts, isPlainHtml, wordsOfHtml } from './plain-structure.ts'
import { withoutUndeclaredCharset } from './undeclared-charset.ts'

/** Larger ones are announced, not read: base64 of three files of the largest size we keep is 40 MB. */
export const MAX_MAIL_BYTES = 30 * 1024 * 1024
/** Of a mail that is too large: enough for its header and, most often, its words. */
export const HEAD_BYTES = 256 * 1024
const MAX_HEADER_BYTES = 256 * 1024
/** Real mail has five or six levels. */
const MAX_NESTING = 30
const MAX_IDS = 50
const MAX_ADDRESSES = 100
/** Of text or HTML; nobody reads more, and what is behind stays in the mailbox. */
const MAX_BODY_CHARS = 1_000_000

export interface MailAttachment {
  name: string | undefined
  mime: string
  content: Buffer
  /** shown within the HTML, which names it by this id */
  cid?: string
}

export interface Mail {
  /** Message-ID, with brackets */
  id?: string
  from?: { address: string; name: string }
  replyTo?: string
  /** every address it says it was sent or delivered to, lower case */
  recipients: string[]
  /** Message-IDs, oldest first */
  references: string[]
  inReplyTo: string[]
  subject: string
  /** as it stands in the mail */
  date: string
  /** values by lower-case name, in the order they stand */
  headers: Map<string, string[]>
  text: string
  html: string
  attachments: MailAttachment[]
}

/** @throws where it is nested, headed or parted beyond what mail is */
export async function readMail(raw: Buffer): Promise<Mail> {
  if (!hasFewParts(raw)) throw new Error('This mail has too many parts')
  const parsed = await PostalMime.parse(withoutUndeclaredCharset(raw), {
    maxNestingDepth: MAX_NESTING,
    maxHeadersSize: MAX_HEADER_BYTES,
    // a mail in a mail stays a file: nothing within it is said by the sender
    forceRfc822Attachments: true,
    maxRfc822NestingDepth: 0,
  })
  const headers = new Map<string, string[]>()
  for (const { key, value } of parsed.headers)
    headers.set(key, [...(headers.get(key) ?? []), value])
  const from = mailboxes([parsed.from])[0]
  const replyTo = mailboxes(parsed.replyTo)[0]?.address
  return {
    ...(parsed.messageId && { id: messageIds([parsed.messageId])[0] }),
    ...(from && { from }),
    ...(replyTo && { replyTo }),
    recipients: recipients(headers),
    references: messageIds(headers.get('references')),
    inReplyTo: messageIds(headers.get('in-reply-to')),
    subject: (parsed.subject ?? '').replace(/\s+/g, ' ').trim().slice(0, 500),
    date: headers.get('date')?.[0]?.slice(0, 100) ?? '',
    headers,
    ...bodyOf((parsed.text ?? '').slice(0, MAX_BODY_CHARS), parsed.html ?? ''),
    attachments: parsed.attachments.map(attachment),
  }
}

/** HTML no program writes is words without tags. */
function bodyOf(text: string, html: string): Pick<Mail, 'text' | 'html'> {
  const start = html.slice(0, MAX_BODY_CHARS)
  if (isPlainHtml(start)) return { text, html: start }
  return { text: text.trim() ? text : wordsOfHtml(start), html: '' }
}

function mailboxes(addresses: (Address | undefined)[] = []): { address: string; name: string }[] {
  return addresses
    .flatMap((each) => (each?.group ? each.group : each ? [each] : []))
    .filter(({ address }) => isAddress(address))
    .map(({ address, name }) => ({
      address: address!.toLowerCase(),
      name: name
        .replace(/[\p{Cc}\p{Cf}]/gu, '')
        .trim()
        .slice(0, 64),
    }))
}

/** What can be written to: no white space, no line breaks, one @ with something on both sides. */
const isAddress = (address: string | undefined): address is string =>
  address !== undefined &&
  address.length <= 254 &&
  /^[^\s<>(),;:\\"@]+@[^\s<>(),;:\\"@]+$/.test(address)

function recipients(headers: Map<string, string[]>): string[] {
  const values = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to'].flatMap(
    (name) => headers.get(name) ?? [],
  )
  const found = values.flatMap((value) => addressParser(value.slice(0, 10_000), { flatten: true }))
  return mailboxes(found.slice(0, MAX_ADDRESSES)).map(({ address }) => address)
}

function messageIds(values: string[] = []): string[] {
  const found =
    values
      .join(' ')
      .slice(0, 50_000)
      .match(/<[^<>\s]{3,300}>/g) ?? []
  // the first one began the thread, the last ones are what is answered
  return found.length <= MAX_IDS ? found : [found[0]!, ...found.slice(1 - MAX_IDS)]
}

function attachment({
  filename,
  mimeType,
  content,
  contentId,
  related,
}: Attachment): MailAttachment {
  return {
    name: filename ?? undefined,
    mime: mimeType,
    content: Buffer.from(content as ArrayBuffer),
    ...(related && contentId && { cid: contentId.replace(/^<|>$/g, '') }),
  }
}
