/** Accounts as they are stored and changed; what is secret of them goes in and never comes out. */
import { z } from 'zod'
import type { AccountKind } from '../../channels/provider.ts'
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import type { Account } from '../intake/model.ts'
import { AccountModel, ConversationModel } from '../intake/model.ts'
import { seal } from '../store/sealed.ts'
import type { HealthBook } from './health.ts'
import { TemplateModel } from './model.ts'
import type {
  AccountKindView,
  AccountView,
  CreateAccountBody,
  HealthView,
  UpdateAccountBody,
} from './schema.ts'
import { sealedOwner, secretFields } from './secret-fields.ts'
import type { StoredAccountState } from './state.ts'

export interface AccountsOptions {
  kinds: AccountKind[]
  secret: string
  bus: Bus
  health: HealthBook
  state: StoredAccountState
  publicUrl: string | undefined
  /** what was changed is in use: the provider may be told the callback in the next moment */
  settled: () => Promise<void>
}

export class Accounts {
  private readonly options: AccountsOptions
  private readonly kinds: Map<string, AccountKind>

  constructor(options: AccountsOptions) {
    this.options = options
    this.kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]))
  }

  kindViews(): AccountKindView[] {
    return this.options.kinds.map(({ kind, channel, name, settings, callbacks, notice }) => ({
      ...{ kind, channel, name, callbacks },
      ...(notice && { notice }),
      settings: z.toJSONSchema(settings, { io: 'input' }) as Record<string, unknown>,
    }))
  }

  async list(): Promise<AccountView[]> {
    const found = await AccountModel.find().sort({ _id: 1 }).lean<Account[]>()
    return found.map((account) => this.view(account))
  }

  async get(id: string): Promise<Account> {
    return (await AccountModel.findById(id).lean<Account>()) ?? fail('NOT_FOUND')
  }

  /** @throws DUPLICATE, BAD_REQUEST */
  async create(body: CreateAccountBody): Promise<AccountView> {
    const { id, settings, ...fields } = body
    const kind = this.kinds.get(body.kind) ?? fail('BAD_REQUEST', issue('kind', 'unknown kind'))
    const account: Account = {
      ...fields,
      ...this.divided(kind, id, settings),
      _id: id,
      channel: kind.channel,
      ...{ allowedOrigins: [], title: {}, greeting: {}, version: 1 },
    }
    try {
      await AccountModel.create(account)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'id' })
      throw error
    }
    await this.changed(account)
    return this.view(account)
  }

  /** @throws NOT_FOUND, CONFLICT, BAD_REQUEST */
  async update(id: string, body: UpdateAccountBody): Promise<AccountView> {
    const { version, settings, ...fields } = body
    const before = await this.get(id)
    const kind = before.kind && this.kinds.get(before.kind)
    if (settings && !kind) fail('BAD_REQUEST', issue('settings', 'this account has none'))
    const account = await AccountModel.findOneAndUpdate(
      { _id: id, version },
      {
        $set: { ...fields, ...(kind && settings && this.divided(kind, id, settings, before)) },
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean<Account>()
    if (!account) fail('CONFLICT')
    await this.changed(account)
    return this.view(account)
  }

  /** Of an account that was set up here, has been switched off, and is in no open conversation. */
  async remove(id: string): Promise<void> {
    const account = await this.get(id)
    const used = await ConversationModel.exists({
      state: { $ne: 'closed' },
      'legs.accountId': id,
    })
    if (!account.kind || account.enabled || used) fail('IN_USE')
    await AccountModel.deleteOne({ _id: id })
    await Promise.all([this.options.state.forget(id), TemplateModel.deleteMany({ accountId: id })])
    this.options.health.forget(id)
    await this.changed(account)
  }

  view(account: Account): AccountView {
    const { _id: id, sealed, settings, ...fields } = account
    const kind = account.kind === undefined ? undefined : this.kinds.get(account.kind)
    if (!kind) return { ...(fields as Omit<AccountView, 'id'>), id }
    const address = this.options.publicUrl ?? ''
    const found: HealthView = this.options.health.view(id) ?? {
      ...{ state: 'starting', sinceMs: 0, faults: [] },
    }
    return {
      ...(fields as Omit<AccountView, 'id'>),
      id,
      settings: settings ?? {},
      secrets: Object.keys(sealed ?? {}),
      callbacks: kind.callbacks.map(({ path, zh, en }) => ({
        address: `${address}/channels/${kind.kind}/${id}${filledPath(path, settings)}`,
        name: { zh, en },
      })),
      health: account.enabled ? found : { ...found, state: 'off' },
    }
  }

  /** Checks the settings as a whole, with the secrets that stay as they are, and parts the secret ones. */
  private divided(
    kind: AccountKind,
    id: string,
    given: Record<string, unknown>,
    before?: Account,
  ): Pick<Account, 'settings' | 'sealed'> {
    const secret = secretFields(kind.settings)
    const sealed = { ...before?.sealed }
    const open: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(given)) {
      if (!secret.includes(name)) open[name] = value
      else if (value === null) delete sealed[name]
      else if (typeof value === 'string' && value)
        sealed[name] = seal(this.options.secret, sealedOwner(id, name), value)
    }
    // what is kept unread was checked when it came in
    const kept = secret.filter((name) => sealed[name] !== undefined && !given[name])
    const optional = Object.fromEntries(kept.map((name) => [name, true as const]))
    const read = kind.settings
      .partial(optional as never)
      .strict()
      .safeParse({
        ...open,
        ...Object.fromEntries(
          secret.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])),
        ),
      })
    if (!read.success)
      fail('BAD_REQUEST', {
        issues: read.error.issues.map(({ path, message }) => ({
          path: `settings.${path.join('.')}`,
          message,
        })),
      })
    const settings = Object.fromEntries(
      Object.entries(read.data).filter(([name]) => !secret.includes(name)),
    )
    return { settings, sealed }
  }

  private async changed(account: Account): Promise<void> {
    this.options.bus.publish(account.channel === 'voice' ? 'telephonySettings' : 'accounts', {})
    await this.options.settled()
  }
}

const issue = (path: string, message: string) => ({ issues: [{ path, message }] })

/** `{field}` of a callback's path is the value of that field, which is no secret one. */
function filledPath(path: string, settings: Record<string, unknown> | undefined): string {
  return path.replace(/\{(\w+)\}/g, (braced, field: string) => {
    const value = settings?.[field]
    return typeof value === 'string' ? encodeURIComponent(value) : braced
  })
}
