/** Sends the pieces of a message, each under an id that is the same whenever the same piece is sent again. */
import { createHash } from 'node:crypto'
import type { OutgoingMessage, SendResult } from '../channel.ts'
import type { ProviderContext } from '../provider.ts'
import type { KfApi } from './kf-api.ts'
import { Unreachable } from '../provider-http.ts'
import { KfError, verdictOf } from './kf-error.ts'
import type { Piece } from './outgoing-pieces.ts'
import type { Sessions } from './sessions.ts'
import type { WelcomeCodes } from './welcome-codes.ts'

/** A link needs a picture; one dot of the console's blue where the card has none. PNG, 69 bytes. */
const PLAIN_THUMB = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQ6vkDAAKDAa2+aE46AAAAAElFTkSuQmCC',
  'base64',
)
const UNREACHABLE_MS = 5_000

type Body = { msgtype: string } & Record<string, unknown>
type Failure = Extract<SendResult, { ok: false }>

export interface SenderOptions {
  accountId: string
  openKfId: string
  api: KfApi
  sessions: Sessions
  codes: WelcomeCodes
  context: Pick<ProviderContext, 'files' | 'health'>
}

export class Sender {
  private readonly options: SenderOptions

  constructor(options: SenderOptions) {
    this.options = options
  }

  async send(
    { message, leg, sentPieces = 0 }: OutgoingMessage,
    pieces: Piece[],
  ): Promise<SendResult> {
    const providerIds: string[] = []
    for (const [index, piece] of pieces.entries()) {
      if (index < sentPieces) continue
      const msgid = msgidOf(message._id, index, piece)
      const failed = await this.sendPiece(leg.threadKey, msgid, piece)
      if (failed) {
        // what may have arrived may also be reported on
        if (failed.retry === 'unknown') providerIds.push(msgid)
        return { ...failed, sentPieces: index, ...(providerIds.length && { providerIds }) }
      }
      providerIds.push(msgid)
    }
    this.options.context.health.ok(this.options.accountId)
    return { ok: true, state: 'sent', ...(providerIds.length && { providerIds }) }
  }

  private async sendPiece(
    userId: string,
    msgid: string,
    piece: Piece,
  ): Promise<Failure | undefined> {
    let body: Body | undefined
    try {
      body = await this.bodyOf(piece)
    } catch (error) {
      // nothing was sent so far: whatever happened, it may be tried again
      const failed = this.failure(error)
      return failed.retry === 'unknown' ? { ...failed, retry: 'later' } : failed
    }
    if (!body) return { ok: false, retry: 'never', code: 'FILE_GONE' }
    try {
      if (await this.sentAsWelcome(userId, msgid, body)) return undefined
      await this.sendMessage(userId, msgid, body)
      return undefined
    } catch (error) {
      if (!(error instanceof KfError) || !verdictOf(error.errcode).session)
        return this.failure(error)
    }
    return this.sendInSession(userId, msgid, body)
  }

  private async sendMessage(userId: string, msgid: string, body: Body): Promise<void> {
    const { api, openKfId } = this.options
    await api.call('kf/send_msg', { touser: userId, open_kfid: openKfId, msgid, ...body })
  }

  /** Somebody who has not written yet can be written to with the code of their coming. */
  private async sentAsWelcome(userId: string, msgid: string, body: Body): Promise<boolean> {
    // the only two that may answer an event (path/95122)
    if (body.msgtype !== 'text' && body.msgtype !== 'msgmenu') return false
    const code = this.options.codes.take(userId)
    if (!code) return false
    try {
      await this.options.api.call('kf/send_msg_on_event', { code, msgid, ...body })
      return true
    } catch (error) {
      // too late, or used already: perhaps they have written meanwhile
      if (error instanceof KfError) return false
      throw error
    }
  }

  /** It was refused for the state of the session. */
  private async sendInSession(
    userId: string,
    msgid: string,
    body: Body,
  ): Promise<Failure | undefined> {
    try {
      const state = await this.options.sessions.recover(userId)
      if (state === 'open') {
        await this.sendMessage(userId, msgid, body)
        return undefined
      }
      const code = state === 'ended' ? 'SESSION_ENDED' : 'SERVED_IN_WECOM'
      if (state === 'elsewhere')
        this.options.context.health.fault(this.options.accountId, 'warning', code)
      return { ok: false, retry: 'never', code, windowClosed: true }
    } catch (error) {
      return this.failure(error)
    }
  }

  private failure(error: unknown): Failure {
    const { accountId, context } = this.options
    if (error instanceof Unreachable) {
      context.health.fault(accountId, 'down', 'PROVIDER_UNREACHABLE', error.detail)
      return error.sent === 'unknown'
        ? { ok: false, retry: 'unknown', code: 'PROVIDER_UNREACHABLE' }
        : { ok: false, retry: 'later', afterMs: UNREACHABLE_MS, code: 'PROVIDER_UNREACHABLE' }
    }
    if (!(error instanceof KfError)) throw error
    const { retry, pauseMs, windowClosed, session, health, token } = verdictOf(error.errcode)
    if (health || token)
      context.health.fault(accountId, health ?? 'needsPerson', String(error.errcode), error.detail)
    return {
      ...{ ok: false, retry, code: String(error.errcode) },
      ...(pauseMs && { pauseAccountMs: pauseMs }),
      ...((windowClosed ?? session) && { windowClosed: true }),
    }
  }

  /** @returns undefined where the file is not there any more */
  private async bodyOf(piece: Piece): Promise<Body | undefined> {
    switch (piece.type) {
      case 'text':
        return { msgtype: 'text', text: { content: piece.text } }
      case 'menu':
        return {
          msgtype: 'msgmenu',
          msgmenu: { ...(piece.head && { head_content: piece.head }), list: piece.items },
        }
      case 'location':
        return {
          msgtype: 'location',
          location: { name: piece.name, address: '', latitude: piece.lat, longitude: piece.lng },
        }
      case 'link': {
        const thumb =
          (piece.imageBlobId && (await this.uploaded('image', piece.imageBlobId))) ||
          (await this.options.api.upload('image', 'link.png', PLAIN_THUMB))
        const { title, desc, url } = piece
        return { msgtype: 'link', link: { title, desc, url, thumb_media_id: thumb } }
      }
      case 'media': {
        const mediaId = await this.uploaded(piece.as, piece.blobId, piece.name)
        return mediaId ? { msgtype: piece.as, [piece.as]: { media_id: mediaId } } : undefined
      }
    }
  }

  private async uploaded(
    type: 'image' | 'voice' | 'video' | 'file',
    blobId: string,
    name?: string,
  ): Promise<string | undefined> {
    const { files } = this.options.context
    const file = await files.find(blobId)
    if (!file) return undefined
    const chunks: Buffer[] = []
    for await (const chunk of files.read(file) as AsyncIterable<Buffer>) chunks.push(chunk)
    return this.options.api.upload(type, name ?? file.name, Buffer.concat(chunks))
  }
}

/** 32 of `[0-9a-zA-Z_-]`: the longest WeCom takes. Messages that were joined differ from their parts. */
function msgidOf(messageId: string, index: number, piece: Piece): string {
  const text = JSON.stringify([messageId, index, piece])
  return createHash('sha256').update(text).digest('base64url').slice(0, 32)
}
