/** What custom/send, menu/create and media/upload take; otherwise their error codes. */
import { Buffer } from 'node:buffer'

export type Body = Record<string, unknown>

export class Refused extends Error {
  readonly errcode: number
  constructor(errcode: number, errmsg: string) {
    super(errmsg)
    this.errcode = errcode
  }
}

const refuse = (errcode: number, errmsg: string): never => {
  throw new Refused(errcode, errmsg)
}
const fields = (value: unknown): Body =>
  typeof value === 'object' && value !== null ? (value as Body) : {}
const isText = (value: unknown, maxBytes: number): value is string =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= maxBytes
const isAddress = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)

export function checkContent(body: Body, media: (id: string) => string | undefined): void {
  const type = String(body.msgtype)
  const part = fields(body[type])
  switch (type) {
    case 'text':
      if (!isText(part.content, Infinity)) refuse(44004, 'empty content')
      if (!isText(part.content, 2048)) refuse(45002, 'content size out of limit')
      return
    case 'image':
    case 'voice':
    case 'video':
      if (media(String(part.media_id)) !== type) refuse(40007, 'invalid media_id')
      return
    case 'news': {
      const articles = Array.isArray(part.articles) ? (part.articles as Body[]) : []
      if (articles.length !== 1) refuse(45008, 'article size out of limit')
      const { title, url, picurl } = articles[0]!
      if (!isText(title, 512)) refuse(40035, 'title')
      if (!isAddress(url)) refuse(40048, 'invalid url')
      if (picurl !== undefined && !isAddress(picurl)) refuse(40048, 'invalid picurl')
      return
    }
    case 'msgmenu': {
      const list = Array.isArray(part.list) ? (part.list as Body[]) : []
      if (!list.length || list.some(({ id, content }) => !isText(id, 128) || !isText(content, 512)))
        refuse(40035, 'list')
      if (Buffer.byteLength(JSON.stringify(part)) > 4096) refuse(45002, 'content size out of limit')
      return
    }
    default:
      refuse(40008, 'invalid message type')
  }
}

const itemTypes = new Set([
  ...['click', 'view', 'miniprogram', 'scancode_push', 'scancode_waitmsg'],
  ...['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin', 'location_select'],
])

export function checkMenu(body: Body): Body[] {
  const buttons = Array.isArray(body.button) ? (body.button as Body[]) : []
  if (!buttons.length || buttons.length > 3) refuse(40016, 'invalid button size')
  for (const button of buttons) {
    if (!isText(button.name, 16)) refuse(40018, 'invalid button name size')
    if (button.sub_button === undefined) checkItem(button)
    else {
      const items = Array.isArray(button.sub_button) ? (button.sub_button as Body[]) : []
      if (!items.length || items.length > 5) refuse(40023, 'invalid sub button size')
      for (const item of items) {
        if (!isText(item.name, 60)) refuse(40025, 'invalid sub button name size')
        checkItem(item)
      }
    }
  }
  return buttons
}

function checkItem(item: Body): void {
  const type = String(item.type)
  if (!itemTypes.has(type)) refuse(40024, 'invalid sub button type')
  if (type === 'view' || type === 'miniprogram') {
    if (!isAddress(item.url)) refuse(40027, 'invalid sub button url size')
    if (type === 'miniprogram' && !(isText(item.appid, 64) && isText(item.pagepath, 256)))
      refuse(40166, 'miniprogram')
  } else if (!isText(item.key, 128)) refuse(40026, 'invalid sub button key size')
}

const limits: Record<string, { bytes: number; magic: RegExp; names: RegExp }> = {
  image: {
    ...{ bytes: 10 * 1024 * 1024, magic: /^(\xff\xd8\xff|\x89PNG|GIF8|BM)/ },
    names: /\.(jpe?g|png|gif|bmp)$/i,
  },
  voice: { bytes: 2 * 1024 * 1024, magic: /^(#!AMR|ID3|\xff[\xe0-\xff])/, names: /\.(amr|mp3)$/i },
  video: { bytes: 10 * 1024 * 1024, magic: /^.{4}ftyp/s, names: /\.mp4$/i },
}

export function checkUpload(type: string, name: string, content: Buffer): void {
  const limit = limits[type] ?? refuse(40004, 'invalid media type')
  if (!limit.names.test(name)) refuse(40005, 'invalid file type')
  if (content.length > limit.bytes) refuse(45001, 'media size out of limit')
  if (!limit.magic.test(content.toString('latin1', 0, 16))) refuse(40005, 'invalid file type')
}
