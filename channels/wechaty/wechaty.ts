/**
 * Personal WeChat through wechaty, in a process of its own per account. WeChat tells nothing twice and confirms
 * nothing: what came is known again by the puppet's message id, and what was in hand when a process ended is
 * unknown.
 */
import type { OutgoingMessage, SendResult } from '../channel.ts'
import type {
  ChannelAccount,
  CheckResult,
  FetchedMedia,
  ProviderChannel,
  ProviderContext,
} from '../provider.ts'
import type { Message } from '../../gateway/domain/message.ts'
import type { WechatySettings } from './account.ts'
import { Bridge } from './bridge.ts'
import type { BridgeState } from './bridge-state.ts'
import { IncomingMessages } from './incoming-messages.ts'
import type { OutgoingText } from './outgoing-texts.ts'
import { MAX_TEXT_CHARS, outgoingTexts } from './outgoing-texts.ts'
import type { BridgePiece } from './protocol.ts'

const AGAIN_MS = 5_000

interface Served {
  account: ChannelAccount<WechatySettings>
  bridge: Bridge
  incoming: IncomingMessages
}

export interface WechatyOptions {
  /** tests: what node is started with */
  execArgv?: string[]
}

export class WechatyChannel implements ProviderChannel {
  readonly channel = 'wechaty'
  readonly capabilities = {
    ...{ idempotentSend: false, typing: false, quickReplies: false, cards: false, media: true },
    ...{ maxTextChars: MAX_TEXT_CHARS, joins: true },
  }
  private readonly context: ProviderContext<WechatySettings>
  private readonly options: WechatyOptions
  private readonly served = new Map<string, Served>()
  private started = false

  constructor(context: ProviderContext<WechatySettings>, options: WechatyOptions = {}) {
    this.context = context
    this.options = options
    context.accounts.onChange(() => this.reconcile())
  }

  async start(): Promise<void> {
    this.started = true
    this.reconcile()
  }

  async stop(): Promise<void> {
    this.started = false
    const all = [...this.served.values()]
    this.served.clear()
    await Promise.all(all.map(({ bridge }) => bridge.stop()))
    await Promise.all(all.map(({ incoming }) => incoming.idle()))
  }

  /** The process of an account, for tests. */
  bridgeOf(accountId: string): Bridge | undefined {
    return this.served.get(accountId)?.bridge
  }

  pieces({ parts }: Message): number {
    return outgoingTexts(parts, this.context.publicUrl).length
  }

  async send({ message, leg, sentPieces = 0 }: OutgoingMessage): Promise<SendResult> {
    const served = this.served.get(leg.accountId)
    if (!served) return { ok: false, retry: 'later', afterMs: AGAIN_MS, code: 'ACCOUNT_OFF' }
    const pieces = outgoingTexts(message.parts, this.context.publicUrl)
    for (const [index, piece] of pieces.entries()) {
      if (index < sentPieces) continue
      const content = await this.contentOf(piece)
      const counted = index ? { sentPieces: index } : {}
      if (!content) return { ok: false, retry: 'never', code: 'FILE_GONE', ...counted }
      const answer = await served.bridge.send(leg.threadKey, content)
      if (answer.ok) continue
      const { code, unknown } = answer
      if (unknown) return { ok: false, retry: 'unknown', code, ...counted }
      return code === 'NOT_SIGNED_IN'
        ? { ok: false, retry: 'later', afterMs: AGAIN_MS, code, ...counted }
        : { ok: false, retry: 'never', code, ...counted }
    }
    return { ok: true, state: 'sent' }
  }

  async check(accountId: string): Promise<CheckResult> {
    const phase = this.served.get(accountId)?.bridge.phase
    switch (phase) {
      case 'online':
        return { ok: true }
      case undefined:
        return { ok: false, code: 'ACCOUNT_DISABLED' }
      case 'missing':
        return { ok: false, code: 'CHANNEL_DEPENDENCY_MISSING', detail: 'npm install wechaty@1' }
      case 'signIn':
        return { ok: false, code: 'PROVIDER_CREDENTIALS', detail: 'QR' }
      default:
        return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: phase }
    }
  }

  /** @throws where the process is not signed in, or the puppet no longer has it */
  async fetchMedia(accountId: string, ref: string): Promise<FetchedMedia> {
    const answer = await this.served.get(accountId)?.bridge.fetch(ref)
    if (!answer?.ok || !answer.file) throw new Error(answer?.ok === false ? answer.code : 'NO_FILE')
    const { name, base64 } = answer.file
    return { content: Buffer.from(base64, 'base64'), name }
  }

  private async contentOf(piece: OutgoingText): Promise<BridgePiece | undefined> {
    if (piece.type === 'text') return piece
    const { files } = this.context
    const file = await files.find(piece.blobId)
    if (!file) return undefined
    const chunks: Buffer[] = []
    for await (const chunk of files.read(file) as AsyncIterable<Buffer>) chunks.push(chunk)
    // a FileBox made of a buffer cannot leave its process
    return { type: 'file', name: piece.name, base64: Buffer.concat(chunks).toString('base64') }
  }

  private reconcile(): void {
    if (!this.started) return
    const { accounts } = this.context
    for (const [id, served] of this.served) {
      const account = accounts.get(id)
      if (account && JSON.stringify(account) === JSON.stringify(served.account)) continue
      this.served.delete(id)
      void served.bridge.stop()
    }
    for (const account of accounts.all()) if (!this.served.has(account.id)) this.serve(account)
  }

  private serve(account: ChannelAccount<WechatySettings>): void {
    const { now, onError } = this.context
    const { puppet, token, endpoint, withoutTls, rooms, sendGapMs } = account.settings
    const accountId = account.id
    const incoming = new IncomingMessages({
      ...{ account, context: this.context },
      isStopping: () => !this.started,
    })
    const bridge = new Bridge({
      setup: {
        ...{ accountId, puppet, token, endpoint, withoutTls, sendGapMs },
        rooms: rooms.split(/[,,]/).flatMap((topic) => topic.trim() || []),
      },
      now,
      onState: (state, about) => this.told(accountId, state, about),
      onMessage: (message) => incoming.take(message),
      onError: (error) => onError(error, { accountId }),
      ...(this.options.execArgv && { execArgv: this.options.execArgv }),
    })
    this.served.set(accountId, { account, bridge, incoming })
    bridge.start()
  }

  private told(accountId: string, state: BridgeState, { detail }: { detail?: string }): void {
    const { health } = this.context
    health.show(accountId, state.qrText)
    if (detail && state.phase !== 'missing')
      health.fault(accountId, state.phase === 'online' ? 'warning' : 'down', 'PUPPET_ERROR', detail)
    else
      switch (state.phase) {
        case 'online':
          return health.ok(accountId)
        case 'starting':
          return health.fault(accountId, 'starting', 'BRIDGE_STARTING')
        case 'signIn':
          return health.fault(accountId, 'needsPerson', 'SCAN_TO_SIGN_IN')
        case 'missing': {
          const named = detail === 'wechaty' ? 'wechaty@1' : (detail ?? 'wechaty@1')
          const install = `npm install ${named}`
          return health.fault(accountId, 'needsPerson', 'CHANNEL_DEPENDENCY_MISSING', install)
        }
        case 'resting':
          return health.fault(accountId, 'down', 'BRIDGE_ENDED')
      }
  }
}
