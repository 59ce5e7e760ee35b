/** Sends the pieces of a message one after the other, and says how far it came. */
import { createHash } from 'node:crypto'
import type { OutgoingMessage, SendResult } from '../channel.ts'
import type { ChannelAccount, ProviderContext } from '../provider.ts'
import type { WechatSettings } from './account.ts'
import type { Piece } from './outgoing-pieces.ts'
import { asText, outgoingPieces } from './outgoing-pieces.ts'
import type { WechatApi } from './wechat-api.ts'
import { sendFailure, tellHealth, WechatError } from './wechat-error.ts'

/** Refusals of a file for what it is: its type, its size, its format. */
const UNFIT_FILE = new Set([40004, 40005, 40006, 40009, 40010, 40011, 41005, 44001, 45001, 45007])
/** news: description and title are cut off by the client anyway; longer is refused (45003, 45004) */
const MAX_TITLE_CHARS = 64
const MAX_DESCRIPTION_CHARS = 120

type Context = ProviderContext<WechatSettings>
type Failed = Extract<SendResult, { ok: false }>

/** A piece that can never be sent; nothing of it went out. */
class Unsendable extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export class Sender {
  private readonly context: Pick<Context, 'files' | 'template' | 'publicUrl' | 'health' | 'onError'>

  constructor(context: Sender['context']) {
    this.context = context
  }

  async send(
    account: ChannelAccount<WechatSettings>,
    api: WechatApi,
    { message, leg, sentPieces = 0 }: OutgoingMessage,
  ): Promise<SendResult> {
    const pieces = outgoingPieces(message)
    const providerIds: string[] = []
    for (const [at, piece] of pieces.entries()) {
      if (at < sentPieces) continue
      try {
        const once = createHash('sha256').update(`${message._id}|${at}`).digest('hex').slice(0, 32)
        const id = await this.piece(account, api, leg.threadKey, piece, once)
        if (id) providerIds.push(id)
      } catch (error) {
        return { ...this.failure(account.id, error), sentPieces: at, providerIds }
      }
    }
    this.context.health.ok(account.id)
    return { ok: true, state: 'sent', providerIds }
  }

  private failure(accountId: string, error: unknown): Failed {
    if (error instanceof Unsendable) return { ok: false, retry: 'never', code: error.code }
    tellHealth(this.context.health, accountId, error)
    return sendFailure(error)
  }

  /** @returns the id a later report names it by, where there will be one */
  private async piece(
    account: ChannelAccount<WechatSettings>,
    api: WechatApi,
    touser: string,
    piece: Piece,
    once: string,
  ): Promise<string | undefined> {
    if (piece.type === 'template') return this.template(api, touser, piece, once)
    const content = await this.content(account, api, piece)
    await api.call('/cgi-bin/message/custom/send', { touser, ...content })
    return undefined
  }

  private async content(
    { settings }: ChannelAccount<WechatSettings>,
    api: WechatApi,
    piece: Exclude<Piece, { type: 'template' }>,
  ): Promise<object> {
    switch (piece.type) {
      case 'text':
        return text(piece.text)
      case 'menu':
        return settings.numberedChoices
          ? text(asText(piece))
          : {
              msgtype: 'msgmenu',
              msgmenu: {
                head_content: piece.head,
                list: piece.replies.map(({ id, label }) => ({ id, content: label })),
              },
            }
      case 'news':
        return this.news(piece)
      case 'link':
        return this.link(piece)
      case 'media':
        return this.media(api, piece)
    }
  }

  private async media(api: WechatApi, piece: Extract<Piece, { type: 'media' }>): Promise<object> {
    const { files } = this.context
    const file = (await files.find(piece.blobId)) ?? unsendable('FILE_GONE')
    const chunks: Buffer[] = []
    for await (const chunk of files.read(file)) chunks.push(chunk as Buffer)
    try {
      // WeChat goes by the ending of the name
      const name = `${piece.as}.${endings[file.mime] ?? 'jpg'}`
      const media_id = await api.upload(piece.as, name, Buffer.concat(chunks))
      const title = piece.as === 'video' ? { title: piece.name.slice(0, MAX_TITLE_CHARS) } : {}
      return { msgtype: piece.as, [piece.as]: { media_id, ...title } }
    } catch (error) {
      if (error instanceof WechatError && UNFIT_FILE.has(error.errcode)) return this.link(piece)
      throw error
    }
  }

  private link({ blobId, name }: { blobId: string; name: string }): object {
    const { publicUrl, files } = this.context
    if (!publicUrl) unsendable('NO_PUBLIC_URL')
    return text(`${name}\n${publicUrl}${files.address(blobId)}`)
  }

  private news(piece: Extract<Piece, { type: 'news' }>): object {
    const { publicUrl } = this.context
    const picture = piece.picture.startsWith('/')
      ? publicUrl && publicUrl + piece.picture
      : piece.picture
    const article = {
      title: piece.title.slice(0, MAX_TITLE_CHARS),
      description: piece.text.slice(0, MAX_DESCRIPTION_CHARS),
      url: piece.url,
      ...(picture && /^https?:/.test(picture) && { picurl: picture }),
    }
    return { msgtype: 'news', news: { articles: [article] } }
  }

  private async template(
    api: WechatApi,
    touser: string,
    piece: Extract<Piece, { type: 'template' }>,
    once: string,
  ): Promise<string | undefined> {
    const approved = (await this.context.template(piece.templateId)) ?? unsendable('TEMPLATE_GONE')
    const data = Object.fromEntries(
      approved.params.map(({ key }) => [key, { value: piece.params[key] ?? '' }]),
    )
    const template_id = approved.providerId
    const { msgid } =
      approved.use === 'template'
        ? await api.call<{ msgid?: unknown }>('/cgi-bin/message/template/send', {
            ...{ touser, template_id, data },
            ...(approved.url && { url: approved.url }),
            // within ten minutes the same id is sent once
            client_msg_id: once,
          })
        : await api.call<{ msgid?: unknown }>('/cgi-bin/message/subscribe/bizsend', {
            ...{ touser, template_id, data },
            ...(approved.url && { page: approved.url }),
          })
    return msgid === undefined ? undefined : String(msgid as string | number)
  }
}

const endings: Record<string, string> = {
  'image/png': 'png',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
}

const text = (content: string) => ({ msgtype: 'text', text: { content } })

function unsendable(code: string): never {
  throw new Unsendable(code)
}
