/** What came in over one bridge, stored one after the other: nobody but us has it. */
import type { Part } from '../../gateway/domain/message.ts'
import type { ChannelAccount, ProviderContext } from '../provider.ts'
import type { WechatySettings } from './account.ts'
import type { BridgeMessage } from './protocol.ts'

/** What is older when an account is connected for the first time was for somebody else. */
const FIRST_REACHES_BACK_MS = 60_000
/** The store is away: it is tried for a while. */
const STORE_TRIES = 60
const STORE_AGAIN_MS = 1_000
const MAX_UNSTORED = 1_000

export interface IncomingMessagesOptions {
  account: ChannelAccount<WechatySettings>
  context: Pick<
    ProviderContext<WechatySettings>,
    'state' | 'now' | 'promiseMedia' | 'receive' | 'onError'
  >
  /** the house closes: nothing is tried again */
  isStopping: () => boolean
}

export class IncomingMessages {
  private readonly options: IncomingMessagesOptions
  private storing: Promise<void> = Promise.resolve()
  private unstored = 0

  constructor(options: IncomingMessagesOptions) {
    this.options = options
  }

  take(message: BridgeMessage): void {
    const { onError } = this.options.context
    if (this.unstored >= MAX_UNSTORED)
      return onError(new Error('too many messages wait for the store'))
    this.unstored++
    this.storing = this.storing
      .then(() => this.store(message))
      .catch(onError)
      .finally(() => this.unstored--)
  }

  /** Resolves when what was taken is stored, or given up. */
  async idle(): Promise<void> {
    await this.storing
  }

  private async store(message: BridgeMessage): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.receive(message)
      } catch (error) {
        if (attempt >= STORE_TRIES || this.options.isStopping()) throw error
        await new Promise((resolve) => setTimeout(resolve, STORE_AGAIN_MS))
      }
    }
  }

  private async receive(message: BridgeMessage): Promise<void> {
    const { id: accountId, lang } = this.options.account
    const { state, now, promiseMedia, receive } = this.options.context
    let sinceMs = await state.get<number>(accountId, 'sinceMs')
    if (sinceMs === undefined) {
      sinceMs = now() - FIRST_REACHES_BACK_MS
      await state.set(accountId, 'sinceMs', sinceMs)
    }
    // puppets tell the last messages of each chat again at a sign-in
    if (message.atMs < sinceMs) return
    const { content, name } = message
    const part: Part =
      content.type === 'media'
        ? await promiseMedia({
            ...{ accountId, kind: content.kind, ref: message.id, name: content.name },
          })
        : partOf(content, lang)
    await receive({
      ...{ accountId, channel: 'wechaty', threadKey: message.thread, dedupeKey: message.id },
      // ids of a puppet change with the puppet and the sign-in: seen on the wire, no more
      identity: {
        ...{ kind: 'wechatyContact', scope: accountId, value: message.contactId },
        assurance: 'observed',
      },
      ...(name && { displayName: name.slice(0, 64) }),
      ...{ kind: 'message', parts: [part] },
    })
  }
}

function partOf(content: Exclude<BridgeMessage['content'], { type: 'media' }>, lang: string): Part {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text }
    case 'location':
      return {
        ...{ type: 'location', lat: content.lat, lng: content.lng },
        ...(content.label && { label: content.label }),
      }
    case 'link':
      return /^https?:\/\//i.test(content.url)
        ? {
            ...{ type: 'card', title: content.title || content.url, url: content.url },
            ...(content.text && { text: content.text }),
          }
        : { type: 'text', text: content.title }
    case 'other':
      return {
        type: 'text',
        text: `[${lang.startsWith('zh') ? '无法显示的消息' : 'a message that cannot be shown'}] ${content.what}`,
      }
  }
}
