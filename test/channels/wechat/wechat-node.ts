/** One node of ours with the channel alone, on the shared store; what it hands in is kept for the test. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import express from 'express'
import { pino } from 'pino'
import { wechatKind } from '../../../channels/wechat/account.ts'
import type { WechatSettings } from '../../../channels/wechat/account.ts'
import { Wechat } from '../../../channels/wechat/wechat.ts'
import type { DeliveryReport, Envelope, SendResult } from '../../../channels/channel.ts'
import type { ApprovedText, MediaPromise, ProviderContext } from '../../../channels/provider.ts'
import { HealthBook } from '../../../gateway/accounts/health.ts'
import { StoredAccountState } from '../../../gateway/accounts/state.ts'
import type { Message, Part } from '../../../gateway/domain/message.ts'
import type { StoredFile } from '../../../gateway/files/model.ts'
import { errorHandler } from '../../../gateway/http/errors.ts'
import { mountRoutes } from '../../../gateway/http/mount.ts'
import { AddressGuard } from '../../../gateway/outgoing/address-guard.ts'
import { nothingAllowed } from '../../../gateway/outgoing/allow-list.ts'
import { CallOut } from '../../../gateway/outgoing/call-out.ts'
import { fetchOutside } from '../../../gateway/outgoing/fetch-outside.ts'
import { newId } from '../../../gateway/store/id.ts'
import { member } from '../../harness/route-door.ts'
import type { WechatSimulator } from '../../simulators/wechat.ts'

export interface WechatNodeOptions {
  settings?: Record<string, unknown>
  lang?: string
  now?: () => number
  /** stands for the intake */
  receive?: (envelope: Envelope) => Promise<'new' | 'duplicate'>
}

export class WechatNode {
  readonly received: Envelope[] = []
  readonly reports: DeliveryReport[] = []
  readonly promised: MediaPromise[] = []
  readonly errors: unknown[] = []
  readonly files = new Map<string, { file: StoredFile; content: Buffer }>()
  readonly templates = new Map<string, ApprovedText>()
  readonly health: HealthBook
  readonly channel: Wechat
  url = ''
  private readonly server: Server
  private readonly seen = new Set<string>()

  constructor(platform: WechatSimulator, options: WechatNodeOptions = {}) {
    const { lang = 'zh-CN', now = Date.now } = options
    const given = { ...platform.settings(), ...options.settings }
    const settings: WechatSettings = wechatKind.settings.parse(given)
    const account = { id: 'wx1', kind: 'wechat', name: 'wx1', lang, settings }
    this.health = new HealthBook({ now, onChange: () => undefined })
    const context: ProviderContext<WechatSettings> = {
      receive: (envelope) => (options.receive ?? ((each) => this.keep(each)))(envelope),
      receipt: async () => undefined,
      typing: async () => undefined,
      presence: async () => undefined,
      thread: async () => ({ messages: [] }),
      accounts: {
        get: (id) => (id === account.id ? account : undefined),
        all: () => [account],
        onChange: () => undefined,
      },
      state: new StoredAccountState({ secret: 'test', nodeId: newId(), now }),
      health: this.health,
      files: {
        find: async (id) => this.files.get(id)?.file,
        read: ({ _id }) => Readable.from([this.files.get(_id)!.content]) as never,
        put: () => Promise.reject(new Error('not here')),
        address: (id) => `/files/${id}?sig=1`,
      },
      promiseMedia: async (promise) => {
        this.promised.push(promise)
        const { kind, name, ref } = promise
        return { type: 'media', kind, blobId: ref, name, mime: '', bytes: 0 }
      },
      delivered: async (report) => void this.reports.push(report),
      fetchOutside: fetchOutside(new CallOut(new AddressGuard(nothingAllowed))),
      template: async (id) => this.templates.get(id),
      publicUrl: 'https://hotline.example',
      now,
      onError: (error) => void this.errors.push(error),
    }
    this.channel = new Wechat(context)
    const app = express()
    app.use('/channels', this.channel.doors)
    app.use(express.json())
    mountRoutes(app, this.channel.routes, async () => member('admin', 'administrator'))
    app.use(errorHandler(pino({ level: 'silent' })))
    this.server = createServer(app)
  }

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return this
  }

  get callback(): string {
    return `${this.url}/channels/wechat/wx1`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  send(openId: string, parts: Part[], more: { sentPieces?: number } = {}): Promise<SendResult> {
    const leg = { id: 'leg', accountId: 'wx1', threadKey: openId, channel: 'wechat' as const }
    return this.channel.send({ message: outgoing(parts), leg, ...more })
  }

  /** as an administrator */
  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.url}/wechat/wx1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    return { status: response.status, body: (answer ? JSON.parse(answer) : undefined) as T }
  }

  file(content: Buffer, mime: string, name: string): Extract<Part, { type: 'media' }> {
    const kind = mime.startsWith('image') ? 'image' : mime.startsWith('audio') ? 'audio' : 'file'
    const file: StoredFile = {
      ...{ _id: newId(), sha256: '', name, mime, bytes: content.length, kind },
      ...{ by: 'test', at: new Date(0) },
    }
    this.files.set(file._id, { file, content })
    return { type: 'media', kind, blobId: file._id, name, mime, bytes: content.length }
  }

  private async keep(envelope: Envelope): Promise<'new' | 'duplicate'> {
    if (this.seen.has(envelope.dedupeKey)) return 'duplicate'
    this.seen.add(envelope.dedupeKey)
    this.received.push(envelope)
    return 'new'
  }
}

export function outgoing(parts: Part[]): Message {
  return {
    ...{ _id: newId(), conversationId: 'c', legId: 'leg', seq: 1, direction: 'out', parts },
    ...{ author: { kind: 'agent', id: 'lin', name: 'Lin' }, at: new Date(0) },
  }
}

export const text = (content: string): Part => ({ type: 'text', text: content })
