/** A message of ours as Weibo takes it: texts, picture articles and positions (发送客服消息). */
import type { CardAction, Part } from '../../gateway/domain/message.ts'
import { cutText, utf16Chars } from '../cut-text.ts'
import { choicesBelow } from '../numbered-choices.ts'
import { placeInWords } from '../place-in-words.ts'
import { weiboHalves } from './text-length.ts'

/** «should be less than 300 Chinese characters» */
export const MAX_REPLY_CHARS = 299
/** of a comment, counted Weibo's way */
export const MAX_COMMENT_LENGTH = 140
const MAX_ARTICLE_TITLE = 64
const MAX_ARTICLE_SUMMARY = 200

export interface Article {
  display_name: string
  summary: string
  image: string
  url: string
}

export type ReplyPiece =
  | { type: 'text'; data: { text: string } }
  | { type: 'articles'; data: { articles: Article[] } }
  | { type: 'position'; data: { longitude: string; latitude: string } }

/** The address of a stored file that Weibo's readers can open; undefined while we have none. */
export type FileAddress = (blobId: string) => string | undefined

/** The pieces of a direct message. */
export function replyPieces(parts: Part[], addressOf: FileAddress): ReplyPiece[] {
  const pieces: ReplyPiece[] = []
  let words: string[] = []
  const flush = () => {
    for (const text of cutText(words.join('\n'), MAX_REPLY_CHARS, utf16Chars))
      pieces.push({ type: 'text', data: { text } })
    words = []
  }
  for (const part of parts) {
    const piece = richPiece(part, addressOf)
    if (piece) {
      flush()
      pieces.push(piece)
      continue
    }
    const text = wordsOf(part, words.join('\n'), addressOf)
    if (text) words.push(text)
  }
  flush()
  return pieces
}

/** The pieces of a public answer: words only. */
export function commentPieces(parts: Part[], addressOf: FileAddress): string[] {
  let text = ''
  for (const part of parts) text = [text, wordsOf(part, text, addressOf)].filter(Boolean).join('\n')
  return cutText(text, MAX_COMMENT_LENGTH * 2, weiboHalves)
}

/** Has it a file no reader could open, since nobody knows our address? */
export function lacksAddress(parts: Part[], addressOf: FileAddress): boolean {
  return parts.some((part) => part.type === 'media' && addressOf(part.blobId) === undefined)
}

/** What is more than words there. */
function richPiece(part: Part, addressOf: FileAddress): ReplyPiece | undefined {
  switch (part.type) {
    case 'media': {
      const url = addressOf(part.blobId)
      if (part.kind !== 'image' || !url) return undefined
      return articles({ display_name: part.name, summary: '', image: url, url })
    }
    case 'card': {
      // an article needs both, and has no buttons
      if (!part.image || !part.url || part.actions?.length) return undefined
      const { title, text = '', image, url } = part
      return articles({ display_name: title, summary: text, image, url })
    }
    case 'location':
      return part.label
        ? undefined
        : { type: 'position', data: { longitude: `${part.lng}`, latitude: `${part.lat}` } }
    default:
      return undefined
  }
}

function articles({ display_name, summary, image, url }: Article): ReplyPiece {
  const article = {
    display_name: [...display_name].slice(0, MAX_ARTICLE_TITLE).join(''),
    summary: [...summary].slice(0, MAX_ARTICLE_SUMMARY).join(''),
    ...{ image, url },
  }
  return { type: 'articles', data: { articles: [article] } }
}

/** A part in words, as somebody without buttons reads it; `before` stands above it. */
function wordsOf(part: Part, before: string, addressOf: FileAddress): string {
  switch (part.type) {
    case 'text':
    case 'template':
      return part.text
    case 'choice':
      return part.label
    case 'quickReplies':
      return choicesBelow(part.replies, before).join('\n')
    case 'card':
      return [part.title, part.text, part.url, ...(part.actions ?? []).map(actionWords)]
        .filter(Boolean)
        .join('\n')
    case 'media': {
      const url = addressOf(part.blobId)
      return url ? `${part.name} ${url}` : ''
    }
    case 'location':
      return placeInWords(part)
    default:
      return ''
  }
}

function actionWords({ kind, label, value }: CardAction): string {
  switch (kind) {
    case 'url':
      return `${label}:${value}`
    case 'reply':
      return `· ${label}`
    case 'call':
      // a call in the browser needs the page it would start from
      return /\d/.test(value) ? `${label}:${value}` : ''
  }
}
