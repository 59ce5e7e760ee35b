/** Trunks as they are stored and changed: secrets go in and never come out. */
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import { parseRange } from './address-range.ts'
import { digestSecret } from './digest.ts'
import { ExtensionModel, TrunkModel } from './model.ts'
import type { CreateTrunkBody, TrunkView, UpdateTrunkBody } from './schema.ts'
import { seal } from '../store/sealed.ts'
import type { StoredDigest, Trunk } from './trunk.ts'

type Inbound = NonNullable<UpdateTrunkBody['inbound']>
type Credentials = NonNullable<CreateTrunkBody['credentials']>

export class Trunks {
  private readonly bus: Bus
  private readonly secret: string

  constructor(options: { bus: Bus; secret: string }) {
    this.bus = options.bus
    this.secret = options.secret
  }

  async list(): Promise<Trunk[]> {
    return TrunkModel.find().sort({ priority: 1, _id: 1 }).lean<Trunk[]>()
  }

  /** @throws DUPLICATE, TAKEN, BAD_REQUEST */
  async create(body: CreateTrunkBody): Promise<Trunk> {
    const { id, inbound, credentials, register, dials, maxCalls, ...fields } = body
    const trunk: Trunk = {
      ...fields,
      _id: id,
      inbound: this.inbound(inbound),
      ...(credentials && { credentials: this.credentials(id, credentials) }),
      ...(register && { register: withoutUndefined(register) }),
      ...(dials && { dials }),
      ...(maxCalls && { maxCalls }),
      version: 1,
    }
    await refuseTaken(trunk)
    try {
      await TrunkModel.create(trunk)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'id' })
      throw error
    }
    this.changed()
    return trunk
  }

  /** @throws NOT_FOUND, CONFLICT, TAKEN, BAD_REQUEST */
  async update(id: string, body: UpdateTrunkBody): Promise<Trunk> {
    const { version, inbound, credentials, register, dials, maxCalls, ...fields } = body
    const before = (await TrunkModel.findById(id).lean<Trunk>()) ?? fail('NOT_FOUND')
    if (before.version !== version) fail('CONFLICT')
    const set: Partial<Trunk> = {
      ...fields,
      ...(inbound && { inbound: this.inbound(inbound, before.inbound.digest) }),
      ...(credentials && { credentials: this.credentials(id, credentials, before.credentials) }),
      ...(register && { register: withoutUndefined(register) }),
      ...(dials && { dials }),
      ...(maxCalls && { maxCalls }),
    }
    await refuseTaken({ ...before, ...set })
    const unset = {
      ...(credentials === null && { credentials: '' }),
      ...(register === null && { register: '' }),
      ...(dials === null && { dials: '' }),
      ...(maxCalls === null && { maxCalls: '' }),
    }
    const trunk = await TrunkModel.findOneAndUpdate(
      { _id: id, version },
      {
        $set: set,
        ...(Object.keys(unset).length > 0 && { $unset: unset }),
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean<Trunk>()
    if (!trunk) fail('CONFLICT')
    this.changed()
    return trunk
  }

  async remove(id: string): Promise<void> {
    const { deletedCount } = await TrunkModel.deleteOne({ _id: id })
    if (!deletedCount) fail('NOT_FOUND')
    this.changed()
  }

  private changed(): void {
    this.bus.publish('telephonySettings', {})
  }

  /** The hash holds the user name, so a new name needs the password again. */
  private inbound({ byAddress, digest }: Inbound, before?: StoredDigest): Trunk['inbound'] {
    const unread = byAddress.filter((text) => !parseRange(text))
    if (unread.length > 0)
      fail('BAD_REQUEST', { where: 'inbound.byAddress', value: unread.join(', ') })
    if (!digest) return { byAddress }
    const { userName, password } = digest
    if (password) return { byAddress, digest: digestSecret(userName, password) }
    if (before?.userName !== userName)
      fail('BAD_REQUEST', {
        issues: [
          { path: 'inbound.digest.password', message: 'a new user name needs its password' },
        ],
      })
    return { byAddress, digest: before }
  }

  private credentials(
    id: string,
    { userName, password }: Credentials,
    before?: Trunk['credentials'],
  ): NonNullable<Trunk['credentials']> {
    if (password) return { userName, sealedPassword: seal(this.secret, id, password) }
    if (!before)
      fail('BAD_REQUEST', {
        issues: [{ path: 'credentials.password', message: 'is needed with a user name' }],
      })
    return { userName, sealedPassword: before.sealedPassword }
  }
}

/** An address or user name leads to one trunk only. */
async function refuseTaken(trunk: Trunk): Promise<void> {
  const others = await TrunkModel.find({ _id: { $ne: trunk._id } }).lean<Trunk[]>()
  const keys = new Map(trunk.inbound.byAddress.map((text) => [parseRange(text)!.key, text]))
  const userName = trunk.inbound.digest?.userName
  for (const { name, inbound } of others) {
    for (const text of inbound.byAddress) {
      const mine = keys.get(parseRange(text)?.key ?? '')
      if (mine) fail('TAKEN', { field: 'inbound.byAddress', value: mine, by: name })
    }
    if (userName && inbound.digest?.userName === userName)
      fail('TAKEN', { field: 'inbound.digest.userName', value: userName, by: name })
  }
  if (userName && (await ExtensionModel.exists({ _id: userName })))
    fail('TAKEN', { field: 'inbound.digest.userName', value: userName, by: userName })
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T
}

/** Without any secret, only whether there is one. */
export function trunkOf(trunk: Trunk): TrunkView {
  const { _id, inbound, credentials, ...fields } = trunk
  const { byAddress, digest } = inbound
  return {
    ...fields,
    id: _id,
    inbound: {
      byAddress,
      ...(digest && { digest: { userName: digest.userName, hasPassword: true } }),
    },
    ...(credentials && { credentials: { userName: credentials.userName, hasPassword: true } }),
  }
}
