/**
 * As much of a gateway as a channel needs, in memory, so that one call after the other can be watched and made
 * to fail; several channels on one of them are several nodes on one store.
 */
import { createHash } from 'node:crypto'
import type { DeliveryReport, Envelope } from '../../channels/channel.ts'
import type {
  AccountHealth,
  AccountState,
  HealthState,
  ChannelAccount,
  ProviderContext,
} from '../../channels/provider.ts'
import type { Channel } from '../../gateway/domain/conversation.ts'
import type { Message, Part } from '../../gateway/domain/message.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

export class SmallGateway {
  /** in the order they were stored */
  readonly inbox: Envelope[] = []
  readonly reports: DeliveryReport[] = []
  readonly faults: { state: HealthState; code: string; detail?: string }[] = []
  readonly errors: unknown[] = []
  readonly files = new Map<string, { content: Buffer; name: string }>()
  health: HealthState = 'starting'
  /** repeats that were recognised */
  duplicates = 0
  /** before each envelope is stored; may throw, as a store that is down does */
  beforeStoring: (envelope: Envelope) => Promise<void> | void = () => undefined
  /** before a value is set; may throw */
  beforeSet: (key: string) => Promise<void> | void = () => undefined
  now: () => number = Date.now
  readonly kept = new Map<string, string>()
  /** what is to be scanned */
  qrText = ''
  private readonly leases = new Map<string, Promise<unknown>>()

  texts(): string[] {
    return this.inbox.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
    )
  }

  async until(holds: () => unknown, what: string, patienceMs = PATIENCE_MS): Promise<void> {
    for (const deadline = Date.now() + patienceMs; !holds();) {
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  context<S>(accounts: ChannelAccount<S>[]): ProviderContext<S> {
    return {
      accounts: {
        get: (id) => accounts.find((account) => account.id === id),
        all: () => accounts,
        onChange: () => undefined,
      },
      state: this.state(),
      health: this.healthBook(),
      files: {
        find: async (id: string) =>
          this.files.has(id) && ({ _id: id, ...this.files.get(id)! } as never),
        read: ({ _id }: { _id: string }) => [this.files.get(_id)!.content] as never,
      } as never,
      receive: async (envelope) => {
        await this.beforeStoring(envelope)
        const known = this.inbox.some(({ dedupeKey }) => dedupeKey === envelope.dedupeKey)
        if (known) this.duplicates++
        else this.inbox.push(envelope)
        return known ? 'duplicate' : 'new'
      },
      promiseMedia: async ({ kind, ref, name }) => {
        const part = { ...{ type: 'media' as const, kind, blobId: ref, name }, mime: '', bytes: 0 }
        return part
      },
      delivered: async (report) => void this.reports.push(report),
      fetchOutside: () => Promise.reject(new Error('nothing outside here')),
      receipt: async () => undefined,
      typing: async () => undefined,
      presence: async () => undefined,
      thread: async () => ({ messages: [] }),
      template: async () => undefined,
      publicUrl: 'https://hotline.example',
      now: () => this.now(),
      onError: (error) => void this.errors.push(error),
    }
  }

  healthBook(): AccountHealth {
    return {
      ok: () => void (this.health = 'ok'),
      fault: (_id, state, code, detail) => {
        this.health = state
        this.faults.push({ state, code, ...(detail !== undefined && { detail }) })
      },
      show: (_id, qrText) => void (this.qrText = qrText),
    }
  }

  state(): AccountState {
    const keyOf = (accountId: string, key: string) => `${accountId}|${key}`
    const get = async (accountId: string, key: string) => {
      const text = this.kept.get(keyOf(accountId, key))
      return text === undefined ? undefined : (JSON.parse(text) as never)
    }
    const set = async (accountId: string, key: string, value: unknown) => {
      await this.beforeSet(key)
      this.kept.set(keyOf(accountId, key), JSON.stringify(value))
    }
    return {
      ...{ get, set, getSecret: get, setSecret: set },
      exclusively: (accountId, key, _leaseMs, work) => {
        const id = keyOf(accountId, key)
        const result = (this.leases.get(id) ?? Promise.resolve()).then(work)
        this.leases.set(
          id,
          result.catch(() => undefined),
        )
        return result
      },
    }
  }
}

export interface OutgoingOptions {
  id?: string
  accountId?: string
  channel?: Channel
}

/** A message of ours, as the outbox hands it over. */
export function outgoing(
  threadKey: string,
  parts: Part[],
  { id, accountId = 'kf', channel = 'wecom' }: OutgoingOptions = {},
) {
  const _id = id ?? createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
  const message: Message = {
    ...{ _id, conversationId: 'c', legId: 'l', seq: 1, direction: 'out', parts, at: new Date() },
    author: { kind: 'bot', id: 'bot' },
  }
  return { message, leg: { ...{ id: 'l', channel }, accountId, threadKey } }
}
