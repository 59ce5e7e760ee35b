/** A message of ours as a mail: its words, the same as plain HTML, and the files it carries. Pure. */
import type { CardAction, Message, Part } from '../../gateway/domain/message.ts'
import { numberedChoices } from '../numbered-choices.ts'
import { placeOnMap } from '../place-in-words.ts'
import { escapeHtml } from './escape-html.ts'
import type { MailThread } from './mail-thread.ts'
import type { MailWords } from './words.ts'

export interface Composed {
  subject: string
  text: string
  html: string
  /** of our files, in order */
  blobs: { blobId: string; name: string; mime: string }[]
  inReplyTo?: string
  references: string[]
}

export function compose(
  message: Pick<Message, 'parts'>,
  thread: Pick<MailThread, 'subject' | 'lastId' | 'references'> | undefined,
  signature: string,
  words: MailWords,
): Composed {
  const blocks = message.parts.map((part) => block(part, words)).filter(Boolean)
  const text = blocks.join('\n\n')
  // what answers nothing is no reply
  const subject = thread?.subject
    ? `${thread.lastId || thread.references.length ? 'Re: ' : ''}${thread.subject}`
    : words.noSubject
  const references = [...(thread?.references ?? []), ...(thread?.lastId ? [thread.lastId] : [])]
  return {
    subject,
    // the mark of RFC 3676 §4.3, by which programs and people know where the words end
    text: signature ? `${text}\n\n-- \n${signature}` : text,
    html: page(text, signature),
    blobs: message.parts.flatMap((part) =>
      part.type === 'media' ? [{ blobId: part.blobId, name: part.name, mime: part.mime }] : [],
    ),
    ...(thread?.lastId && { inReplyTo: thread.lastId }),
    references: [...new Set(references)],
  }
}

function block(part: Part, words: MailWords): string {
  switch (part.type) {
    case 'text':
    case 'template':
      return part.text
    case 'media':
      return `[${words.attachment}: ${part.name}]`
    case 'card':
      return [
        part.title,
        part.text,
        part.url,
        ...(part.actions ?? []).map((each) => action(each, words)),
      ]
        .filter(Boolean)
        .join('\n')
    case 'quickReplies':
      return [words.chooseOne, ...numberedChoices(part.replies)].join('\n')
    case 'choice':
      return part.label
    case 'location':
      return placeOnMap(part)
    default:
      return ''
  }
}

function action({ kind, label, value }: CardAction, words: MailWords): string {
  return kind === 'reply' ? `${label}: ${words.replyWith(value)}` : `${label}: ${value}`
}

function page(text: string, signature: string): string {
  const sign = signature ? `<p style="color:#666">-- <br>${lines(signature)}</p>` : ''
  return `<!doctype html><html><body>${text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${lines(paragraph)}</p>`)
    .join('')}${sign}</body></html>`
}

const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => linked(line))
    .join('<br>')

/** Only addresses that begin with http: nothing else in our words is a link. */
const linked = (line: string): string =>
  line
    .split(/(https?:\/\/[^\s<>"'()。,;、]+)/)
    .map((piece, at) =>
      at % 2 ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>` : escapeHtml(piece),
    )
    .join('')
