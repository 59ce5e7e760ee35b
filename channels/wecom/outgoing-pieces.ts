/** A message of ours as the messages WeCom sends: pure, so that it can be counted before it is sent. */
import type { CardAction, Part, QuickReply } from '../../gateway/domain/message.ts'
import { cutText, fitting, utf8Bytes } from '../cut-text.ts'

/** kf/send_msg (path/94677): bytes of UTF-8 */
const MAX_TEXT_BYTES = 2048
const MAX_HEAD_BYTES = 1024
const MAX_ITEMS = 10
const MAX_ITEM_BYTES = 128
const MAX_VIEW_BYTES = 1024
const MAX_ID_BYTES = 128
const MAX_TITLE_BYTES = 128
const MAX_DESC_BYTES = 512
const MAX_URL_BYTES = 2048
/** media/upload (path/90253) */
const MAX_BYTES = { image: 10 * 1024 * 1024, voice: 2 * 1024 * 1024, video: 10 * 1024 * 1024 }

export type MenuItem =
  | { type: 'click'; click: { id?: string; content: string } }
  | { type: 'view'; view: { url: string; content: string } }

export type Piece =
  | { type: 'text'; text: string }
  | { type: 'menu'; head: string; items: MenuItem[] }
  | { type: 'media'; as: 'image' | 'voice' | 'video' | 'file'; blobId: string; name: string }
  | { type: 'location'; lat: number; lng: number; name: string }
  | { type: 'link'; title: string; desc: string; url: string; imageBlobId?: string }

export interface RenderOptions {
  lang: string
  /** without a slash at the end; what begins with a slash is ours and needs it */
  publicUrl: string | undefined
}

export function outgoingPieces(parts: Part[], options: RenderOptions): Piece[] {
  const pieces: Piece[] = []
  for (const part of parts) {
    switch (part.type) {
      case 'text':
      case 'template':
        pieces.push(...texts(part.text))
        break
      case 'choice':
        pieces.push(...texts(part.label))
        break
      case 'media':
        pieces.push({
          ...{ type: 'media', as: sentAs(part) },
          blobId: part.blobId,
          name: part.name,
        })
        break
      case 'location':
        pieces.push({ type: 'location', lat: part.lat, lng: part.lng, name: part.label ?? '' })
        break
      case 'card':
        pieces.push(...card(part, options))
        break
      case 'quickReplies':
        menu(pieces, part.replies.map(click))
        break
      default:
      // keys, speech and events are said by others, or told to staff alone
    }
  }
  return pieces
}

const texts = (text: string): Piece[] =>
  cutText(text, MAX_TEXT_BYTES).map((cut) => ({ type: 'text', text: cut }))

/** Buttons belong to the words before them, where these fit above; ten at most hang together. */
function menu(pieces: Piece[], items: MenuItem[]): void {
  if (!items.length) return
  const last = pieces.at(-1)
  let head = ''
  if (last?.type === 'text' && utf8Bytes(last.text) <= MAX_HEAD_BYTES) {
    head = last.text
    pieces.pop()
  }
  for (let at = 0; at < items.length; at += MAX_ITEMS)
    pieces.push({ type: 'menu', head: at ? '' : head, items: items.slice(at, at + MAX_ITEMS) })
}

function click({ id, label }: QuickReply): MenuItem {
  const content = fitting(label.trim() || id, MAX_ITEM_BYTES)
  // too long an id is left out: the words come back instead, which the flow understands as well
  return {
    type: 'click',
    click: { ...(utf8Bytes(id) <= MAX_ID_BYTES && id && { id }), content },
  }
}

function card(part: Extract<Part, { type: 'card' }>, options: RenderOptions): Piece[] {
  const url = absolute(part.url, options)
  const actions = part.actions ?? []
  const calls = actions.filter(({ kind }) => kind === 'call')
  const items = actions.flatMap((action) => itemOf(action, options))
  if (url && !items.length && !calls.length) {
    const imageBlobId = /^\/files\/([A-Za-z0-9_-]+)/.exec(part.image ?? '')?.[1]
    return [
      {
        ...{ type: 'link', title: fitting(part.title, MAX_TITLE_BYTES) },
        ...{ desc: fitting(part.text ?? '', MAX_DESC_BYTES), url },
        ...(imageBlobId && { imageBlobId }),
      },
    ]
  }
  const lines = [
    part.title,
    part.text,
    ...calls.map(({ label, value }) => `${label}: ${value}`),
    // without buttons the address stands as text, which WeChat makes a link of
    ...(url && !items.length ? [url] : []),
  ]
  const pieces = texts(lines.filter(Boolean).join('\n'))
  if (url && items.length) items.push(view(url, /^zh/.test(options.lang) ? '查看详情' : 'Details'))
  menu(pieces, items)
  return pieces
}

function itemOf({ kind, label, value }: CardAction, options: RenderOptions): MenuItem[] {
  if (kind === 'reply') return [click({ id: value, label })]
  const url = kind === 'url' ? absolute(value, options) : undefined
  return url ? [view(url, label)] : []
}

const view = (url: string, label: string): MenuItem => ({
  type: 'view',
  view: { url, content: fitting(label, MAX_VIEW_BYTES) },
})

function absolute(url: string | undefined, { publicUrl }: RenderOptions): string | undefined {
  const whole = url?.startsWith('/') ? publicUrl && `${publicUrl}${url}` : url
  return whole && /^https?:\/\//i.test(whole) && utf8Bytes(whole) <= MAX_URL_BYTES
    ? whole
    : undefined
}

/** What WeCom does not take as a picture, voice or film arrives as a file. */
function sentAs({
  mime,
  bytes,
}: Extract<Part, { type: 'media' }>): 'image' | 'voice' | 'video' | 'file' {
  if (/^image\/(jpeg|png)$/.test(mime) && bytes <= MAX_BYTES.image) return 'image'
  if (mime === 'audio/amr' && bytes <= MAX_BYTES.voice) return 'voice'
  if (mime === 'video/mp4' && bytes <= MAX_BYTES.video) return 'video'
  return 'file'
}
