/** A message of ours as short messages: words only. */
import { smsSegments } from '../../gateway/domain/sms-segments.ts'
import type { CardAction, Part, QuickReply } from '../../gateway/domain/message.ts'
import { cutText, utf16Chars } from '../cut-text.ts'
import { keyOf } from '../numbered-choices.ts'
import { placeInWords } from '../place-in-words.ts'

/** Of a text in one go: carriers and telephones are at ease with ten segments, some refuse more. */
const MOST_SEGMENTS = 10
const CHARS = { gsm7: MOST_SEGMENTS * 153, ucs2: MOST_SEGMENTS * 67 }

export interface SmsWording {
  lang: string
  /** the address of a stored file people can open; undefined while nobody knows ours */
  addressOf: (blobId: string) => string | undefined
  /** of a link that begins with a slash */
  publicUrl: string | undefined
}

/** The texts to send, in order; mostly one. */
export function smsTexts(parts: Part[], wording: SmsWording): string[] {
  let text = ''
  for (const part of parts) text = [text, wordsOf(part, text, wording)].filter(Boolean).join('\n')
  return cutText(text, CHARS[smsSegments(text).encoding], utf16Chars)
}

function wordsOf(part: Part, before: string, wording: SmsWording): string {
  switch (part.type) {
    case 'text':
    case 'template':
      return part.text
    case 'choice':
      return part.label
    case 'quickReplies':
      return choices(part.replies, before, wording)
    case 'card':
      return [
        part.title,
        part.text,
        part.url && absolute(part.url, wording),
        ...(part.actions ?? []).map((action) => actionWords(action, wording)),
      ]
        .filter(Boolean)
        .join('\n')
    case 'media':
      return media(part, wording)
    case 'location':
      return placeInWords(part)
    default:
      return ''
  }
}

/** Numbered, unless the words above number them already, as the wording of a flow for text channels does. */
function choices(replies: QuickReply[], before: string, { lang }: SmsWording): string {
  const keyed = replies.map((reply, at) => ({ label: reply.label, key: keyOf(reply, at) }))
  if (!keyed.length || keyed.every((each) => isNamed(each, before))) return ''
  const lines = keyed.map(({ label, key }) => `${key} ${label}`)
  return [isChinese(lang) ? '回复数字:' : 'Reply with a number:', ...lines].join('\n')
}

/** '1 投诉', '1. Complaint', '1:投诉' in the middle of a sentence; or a line of its own, however it goes on. */
function isNamed({ label, key }: { label: string; key: string }, before: string): boolean {
  const words = before.toLowerCase()
  const [number, meaning] = [key.toLowerCase(), label.toLowerCase()]
  return words.split('\n').some((line) => {
    if (new RegExp(`^\\s*${literal(number)}(?![0-9a-z])`).test(line)) return true
    return new RegExp(`(?<![0-9a-z])${literal(number)}[^0-9a-z]{0,3}${literal(meaning)}`).test(line)
  })
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function actionWords({ kind, label, value }: CardAction, wording: SmsWording): string {
  switch (kind) {
    case 'url': {
      const url = absolute(value, wording)
      return url ? `${label}: ${url}` : ''
    }
    case 'reply':
      return isChinese(wording.lang) ? `回复“${label}”` : `Reply "${label}"`
    case 'call':
      // a call in the browser needs the page it would start from
      return /\d/.test(value) ? `${label}: ${value}` : ''
  }
}

/** A file cannot go along: its address does, or a word that there is one. */
function media(part: Extract<Part, { type: 'media' }>, { lang, addressOf }: SmsWording): string {
  const url = addressOf(part.blobId)
  if (url) return `${part.name} ${url}`
  return isChinese(lang)
    ? `(文件“${part.name}”无法通过短信发送)`
    : `(The file "${part.name}" cannot be sent by text message)`
}

function absolute(url: string, { publicUrl }: SmsWording): string {
  return url.startsWith('/') ? (publicUrl ? `${publicUrl}${url}` : '') : url
}

const isChinese = (lang: string): boolean => lang.startsWith('zh')
