/** A message of ours as the messages WeChat sends: pure, so that it can be counted before it is sent. */
import type { CardAction, Message, Part, QuickReply } from '../../gateway/domain/message.ts'
import { cutText, utf8Bytes } from '../cut-text.ts'
import { keyOf, numberedChoices } from '../numbered-choices.ts'

/** 发送客服消息: more is refused with 45002. */
const MAX_TEXT_BYTES = 2048
/** media/upload (新增临时素材); pictures: the page says 10 MB and 2 MB, the sender falls back to a link */
const MAX_BYTES = { image: 10 * 1024 * 1024, voice: 2 * 1024 * 1024, video: 10 * 1024 * 1024 }

export type Piece =
  | { type: 'text'; text: string }
  /** choices below words; the words with the choices numbered fit into one text as well */
  | { type: 'menu'; head: string; replies: QuickReply[] }
  | { type: 'media'; as: 'image' | 'voice' | 'video'; blobId: string; name: string }
  /** what WeChat does not take: an address to fetch it from */
  | { type: 'link'; blobId: string; name: string }
  | { type: 'news'; title: string; text: string; url: string; picture: string }
  | { type: 'template'; templateId: string; params: Record<string, string>; text: string }

export function outgoingPieces({ parts, lang }: Pick<Message, 'parts' | 'lang'>): Piece[] {
  const pieces: Piece[] = []
  for (const part of parts) add(pieces, part, lang ?? 'zh-CN')
  return pieces
}

function add(pieces: Piece[], part: Part, lang: string): void {
  switch (part.type) {
    case 'text':
      return words(pieces, part.text)
    case 'choice':
      return words(pieces, part.label)
    case 'keys':
      return words(pieces, part.digits)
    case 'location':
      return words(pieces, place(part))
    case 'quickReplies':
      return choices(pieces, part.replies, lang)
    case 'card':
      return card(pieces, part, lang)
    case 'media': {
      const { blobId, name } = part
      const as = sentAs(part)
      pieces.push(as ? { type: 'media', as, blobId, name } : { type: 'link', blobId, name })
      return
    }
    case 'template': {
      const { templateId, params, text } = part
      pieces.push({ type: 'template', templateId, params, text })
      return
    }
    // speech and events are said by others, or told to staff alone
  }
}

/** Words after words are one message: each costs one of the few that are granted. */
function words(pieces: Piece[], text: string): void {
  const last = pieces.at(-1)
  const whole = last?.type === 'text' ? `${last.text}\n${text}` : text
  if (last?.type === 'text') pieces.pop()
  for (const cut of cutText(whole, MAX_TEXT_BYTES)) pieces.push({ type: 'text', text: cut })
}

function choices(pieces: Piece[], replies: QuickReply[], lang: string): void {
  if (!replies.length) return
  const room = MAX_TEXT_BYTES - utf8Bytes(numbered(replies)) - 1
  const last = pieces.at(-1)
  if (last?.type === 'text' && utf8Bytes(last.text) <= room) {
    pieces.pop()
    pieces.push({ type: 'menu', head: last.text, replies })
  } else {
    pieces.push({
      type: 'menu',
      head: lang.startsWith('zh') ? '请选择:' : 'Please choose:',
      replies,
    })
  }
}

const numbered = (replies: QuickReply[]): string => numberedChoices(replies).join('\n')

/** The whole as text; words that number the choices themselves need no list below them. */
export function asText({ head, replies }: Extract<Piece, { type: 'menu' }>): string {
  const numbers = new Set(head.match(/\d+/g))
  const listed = replies.every((reply, at) => numbers.has(keyOf(reply, at)))
  return listed ? head : `${head}\n${numbered(replies)}`
}

function card(pieces: Piece[], part: Extract<Part, { type: 'card' }>, lang: string): void {
  const { title, text = '', url, image = '', actions = [] } = part
  const replies = actions.filter(({ kind }) => kind === 'reply')
  const lines = actions.filter(({ kind }) => kind !== 'reply').map(line)
  if (url && /^https?:/.test(url)) {
    pieces.push({ type: 'news', title, text, url, picture: image })
    if (lines.length) words(pieces, lines.join('\n'))
  } else {
    words(pieces, [title, text, url ?? '', ...lines].filter(Boolean).join('\n'))
  }
  choices(
    pieces,
    replies.map(({ label, value }) => ({ id: value, label })),
    lang,
  )
}

const line = ({ label, value }: CardAction): string => `${label}: ${value}`

/** Shown on a map by any telephone (lbs.qq.com URI API); coordinates are GCJ-02, as WeChat gives them. */
function place({ lat, lng, label }: Extract<Part, { type: 'location' }>): string {
  const title = (label ?? `${lat},${lng}`).replace(/[;:&]/g, ' ')
  const marker = `coord:${lat},${lng};title:${title}`
  const query = new URLSearchParams({ marker, referer: 'yilu' })
  return `${label ? `${label}\n` : ''}https://apis.map.qq.com/uri/v1/marker?${query}`
}

function sentAs({
  mime,
  bytes,
}: Extract<Part, { type: 'media' }>): 'image' | 'voice' | 'video' | undefined {
  if (/^image\/(jpeg|png|gif|bmp)$/.test(mime) && bytes <= MAX_BYTES.image) return 'image'
  if (/^audio\/(amr|mpeg)$/.test(mime) && bytes <= MAX_BYTES.voice) return 'voice'
  if (mime === 'video/mp4' && bytes <= MAX_BYTES.video) return 'video'
  return undefined
}
