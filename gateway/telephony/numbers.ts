/** The number plan: accounts of channel 'voice', each with the called numbers that lead to it. */
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import { FlowModel } from '../flows/model.ts'
import type { Account } from '../intake/model.ts'
import { AccountModel, ConversationModel } from '../intake/model.ts'
import { sharedPatterns } from './match-number.ts'
import type { CreateNumberBody, NumberView, UpdateNumberBody } from './schema.ts'

const voice = { channel: 'voice' } as const

export class Numbers {
  private readonly bus: Bus

  constructor(options: { bus: Bus }) {
    this.bus = options.bus
  }

  async list(): Promise<Account[]> {
    return AccountModel.find(voice).sort({ _id: 1 }).lean<Account[]>()
  }

  /** @throws DUPLICATE, TAKEN, BAD_REQUEST */
  async create(body: CreateNumberBody): Promise<Account> {
    const { id, holdTune, ringback, ...fields } = body
    const account: Account = {
      ...fields,
      ...(holdTune && { holdTune }),
      ...(ringback && { ringback }),
      ...voice,
      _id: id,
      allowedOrigins: [],
      title: {},
      greeting: {},
      version: 1,
    }
    await refuseWrong(account)
    try {
      await AccountModel.create(account)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'id' })
      throw error
    }
    this.changed()
    return account
  }

  /** @throws NOT_FOUND, CONFLICT, TAKEN, BAD_REQUEST */
  async update(id: string, body: UpdateNumberBody): Promise<Account> {
    const { version, holdTune, ringback, ...fields } = body
    const before =
      (await AccountModel.findOne({ _id: id, ...voice }).lean<Account>()) ?? fail('NOT_FOUND')
    if (before.version !== version) fail('CONFLICT')
    await refuseWrong({ ...before, ...fields })
    const account = await AccountModel.findOneAndUpdate(
      { _id: id, ...voice, version },
      {
        $set: { ...fields, ...(holdTune && { holdTune }), ...(ringback && { ringback }) },
        ...unset({ holdTune, ringback }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean<Account>()
    if (!account) fail('CONFLICT')
    this.changed()
    return account
  }

  /** A call in progress still asks its account for the flow. @throws NOT_FOUND, IN_USE */
  async remove(id: string): Promise<void> {
    const busy = await ConversationModel.exists({ state: { $ne: 'closed' }, 'legs.accountId': id })
    if (busy) fail('IN_USE')
    const { deletedCount } = await AccountModel.deleteOne({ _id: id, ...voice })
    if (!deletedCount) fail('NOT_FOUND')
    this.changed()
  }

  private changed(): void {
    this.bus.publish('telephonySettings', {})
  }
}

/** Fields that are null are taken away. */
function unset(fields: Record<string, unknown>): { $unset?: Record<string, ''> } {
  const names = Object.keys(fields).filter((name) => fields[name] === null)
  return names.length ? { $unset: Object.fromEntries(names.map((name) => [name, ''])) } : {}
}

async function refuseWrong(account: Account): Promise<void> {
  if (!(await FlowModel.exists({ _id: account.flowId }))) fail('BAD_REQUEST', { where: 'flowId' })
  const mine = account.numbers ?? []
  const twice = mine.filter((pattern, at) => sharedPatterns([pattern], mine.slice(at + 1)).length)
  if (twice.length > 0)
    fail('TAKEN', { field: 'numbers', value: twice.join(', '), by: account.name })
  const others = await AccountModel.find({ ...voice, _id: { $ne: account._id } }).lean<Account[]>()
  for (const { name, numbers } of others) {
    const shared = sharedPatterns(mine, numbers ?? [])
    if (shared.length > 0) fail('TAKEN', { field: 'numbers', value: shared.join(', '), by: name })
  }
}

export function numberOf(account: Account): NumberView {
  const { _id, name, numbers, flowId, lang, enabled, record, holdTune, ringback, version } = account
  return {
    id: _id,
    name,
    numbers: numbers ?? [],
    flowId,
    lang: lang as NumberView['lang'],
    enabled,
    record: record ?? true,
    ...(holdTune !== undefined && { holdTune }),
    ...(ringback && { ringback }),
    version,
  }
}
