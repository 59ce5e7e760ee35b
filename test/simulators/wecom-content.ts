/** What WeCom takes as the content of a message (path/94677), and its refusals. */
export const MEDIA_BYTES = { image: 10, voice: 2, video: 10, file: 20 } as const
export type MediaType = keyof typeof MEDIA_BYTES
export type Body = Record<string, unknown>

export class Refusal extends Error {
  readonly errcode: number
  constructor(errcode: number, errmsg: string) {
    super(errmsg)
    this.errcode = errcode
  }
}

/** @throws Refusal. @param holds whether there is a file of this id and type */
export function checkContent(
  body: Body,
  holds: (mediaId: string, type: MediaType) => boolean,
): void {
  const mustHold = (mediaId: unknown, type: MediaType) => {
    if (!holds(String(mediaId), type)) throw new Refusal(40007, 'invalid media_id')
  }
  const { msgtype, msgid } = body as Record<string, string>
  const content = body[msgtype!] as Body | undefined
  if (msgid !== undefined && !/^[0-9a-zA-Z_-]{1,32}$/.test(msgid)) throw new Refusal(40058, 'msgid')
  if (!content) throw new Refusal(40058, `${msgtype} missing`)
  const within = (value: unknown, least: number, most: number, what: string) => {
    const size = typeof value === 'string' ? Buffer.byteLength(value) : -1
    if (size < least || size > most) throw new Refusal(40058, `${what}: ${size} bytes`)
  }
  switch (msgtype) {
    case 'text':
      within(content.content, 1, 2048, 'text')
      break
    case 'msgmenu': {
      if (content.head_content !== undefined) within(content.head_content, 0, 1024, 'head_content')
      const list = content.list as { type: string; click?: Body; view?: Body }[]
      if (!list?.length || list.length > 10) throw new Refusal(95008, 'menu items')
      for (const item of list) {
        if (item.type === 'click') {
          if (item.click!.id !== undefined) within(item.click!.id, 1, 128, 'click.id')
          within(item.click!.content, 1, 128, 'click.content')
        } else if (item.type === 'view') {
          within(item.view!.url, 1, 2048, 'view.url')
          within(item.view!.content, 1, 1024, 'view.content')
        } else throw new Refusal(95009, 'menu item type')
      }
      break
    }
    case 'location': {
      const { latitude, longitude } = content as { latitude: number; longitude: number }
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
        throw new Refusal(95022, 'location')
      break
    }
    case 'link':
      within(content.title, 1, 128, 'title')
      within(content.desc ?? '', 0, 512, 'desc')
      within(content.url, 1, 2048, 'url')
      mustHold(content.thumb_media_id, 'image')
      break
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      mustHold(content.media_id, msgtype)
      break
    default:
      throw new Refusal(40008, 'invalid message type')
  }
}

/** As a customer reads it. */
export function wordsOf(msgtype: string, body: Record<string, unknown>): string {
  if (msgtype === 'text') return String(body.content)
  if (msgtype === 'msgmenu') {
    const list = body.list as { click?: { content: string }; view?: { content: string } }[]
    const items = list.map(({ click, view }) => (click ?? view)!.content)
    return [body.head_content, ...items].filter(Boolean).join('\n')
  }
  return `[${msgtype}] ${String(body.title ?? body.name ?? '')}`
}
