/** The accounts of provider channels as they are now, opened with their secrets and read anew on a change. */
import type { AccountKind, ChannelAccount, ChannelAccounts } from '../../channels/provider.ts'
import type { Bus } from '../bus/bus.ts'
import type { Channel } from '../domain/conversation.ts'
import type { Account } from '../intake/model.ts'
import { AccountModel } from '../intake/model.ts'
import { unseal } from '../store/sealed.ts'
import { sealedOwner } from './secret-fields.ts'

export class LiveAccounts {
  private readonly kinds: Map<string, AccountKind>
  private readonly secret: string
  private readonly onIncomplete: (accountId: string, fields: string[]) => void
  private readonly listeners: { channel: Channel; tell: () => void; last: string }[] = []
  private loading = Promise.resolve()
  private accounts = new Map<string, ChannelAccount & { channel: Channel }>()

  constructor(options: {
    kinds: AccountKind[]
    secret: string
    /** an enabled account that cannot be used: what it lacks */
    onIncomplete: (accountId: string, fields: string[]) => void
  }) {
    this.kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]))
    this.secret = options.secret
    this.onIncomplete = options.onIncomplete
  }

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    await this.load()
    // one after the other, so that what was read last is what was stored last
    bus.subscribe('accounts', () => {
      this.loading = this.loading.then(() => this.load()).catch(onError)
    })
  }

  /** Resolves when what was changed up to now has been read. */
  settled(): Promise<void> {
    return this.loading
  }

  /** What one channel sees of it. */
  of<S>(channel: Channel): ChannelAccounts<S> {
    const own = () =>
      [...this.accounts.values()].filter((each) => each.channel === channel) as ChannelAccount<S>[]
    return {
      get: (id) => own().find((each) => each.id === id),
      all: own,
      onChange: (tell) => {
        this.listeners.push({ channel, tell, last: JSON.stringify(own()) })
      },
    }
  }

  private async load(): Promise<void> {
    const stored = await AccountModel.find({ kind: { $exists: true }, enabled: true })
      .sort({ _id: 1 })
      .lean<Account[]>()
    const opened = stored.flatMap((account) => this.open(account) ?? [])
    this.accounts = new Map(opened.map((account) => [account.id, account]))
    for (const listener of this.listeners) {
      const now = JSON.stringify(opened.filter(({ channel }) => channel === listener.channel))
      if (now === listener.last) continue
      listener.last = now
      listener.tell()
    }
  }

  private open(account: Account): (ChannelAccount & { channel: Channel }) | undefined {
    const { _id: id, channel, name, lang, settings = {}, sealed = {} } = account
    const kind = this.kinds.get(account.kind ?? '')
    if (!kind) return undefined
    const secrets = Object.entries(sealed).map(([field, text]) => [
      field,
      unseal(this.secret, sealedOwner(id, field), text),
    ])
    const read = kind.settings.safeParse({ ...settings, ...Object.fromEntries(secrets) })
    if (!read.success) {
      this.onIncomplete(
        id,
        read.error.issues.map(({ path }) => path.join('.')),
      )
      return undefined
    }
    return { id, channel, kind: kind.kind, name, lang, settings: read.data }
  }
}
