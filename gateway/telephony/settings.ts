/** Trunks, numbers and extensions as they are now, held in memory and read anew when somebody changes them. */
import type { DigestSecret, Peer, SipPolicy } from '../../channels/sip/sip-engine.ts'
import type { Bus } from '../bus/bus.ts'
import type { Account } from '../intake/model.ts'
import { AccountModel } from '../intake/model.ts'
import type { AddressRange } from './address-range.ts'
import { parseRange } from './address-range.ts'
import { REALM } from './digest.ts'
import type { Extension } from './extension.ts'
import { fitsAny, matchNumber, plainNumber } from './match-number.ts'
import { ExtensionModel, TrunkModel } from './model.ts'
import { unseal } from '../store/sealed.ts'
import type { Trunk } from './trunk.ts'

/** What the settings know of SipPolicy; `admit` is the business of whoever knows the load. */
type Known = Omit<SipPolicy, 'admit'>

export interface CallerNumber {
  number: string
  name: string
  trunkId: string
}

export class TelephonySettings implements Known {
  readonly realm = REALM
  private readonly secret: string
  private readonly listeners: (() => void)[] = []
  private loading = Promise.resolve()
  private trunkList: Trunk[] = []
  private extensionById = new Map<string, Extension>()
  private extensionByStaff = new Map<string, Extension>()
  private accounts: Account[] = []
  private ranges: { range: AddressRange; peer: Peer }[] = []
  private secrets = new Map<string, DigestSecret>()

  constructor(options: { secret: string }) {
    this.secret = options.secret
  }

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    await this.load()
    // one after the other, so that what was read last is what was stored last
    bus.subscribe('telephonySettings', () => {
      this.loading = this.loading.then(() => this.load()).catch(onError)
    })
  }

  /** Resolves when what was changed up to now has been read. */
  settled(): Promise<void> {
    return this.loading
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener)
  }

  peerByAddress(address: string): Peer | undefined {
    return this.ranges.find(({ range }) => range.contains(address))?.peer
  }

  credentials(userName: string): DigestSecret | undefined {
    return this.secrets.get(userName)
  }

  /** those in use, best first */
  get trunks(): Trunk[] {
    return this.trunkList
  }

  trunk(id: string): Trunk | undefined {
    return this.trunkList.find(({ _id }) => _id === id)
  }

  /**
   * Trunks to try for a call to that number, best first; with `callerNumber` only those that may show it. No
   * number: whatever their dial rules are.
   */
  trunksForCalling(number: string | undefined, callerNumber?: string): Trunk[] {
    return this.trunkList.filter(
      ({ outbound, callerNumbers, dials }) =>
        outbound &&
        (callerNumber === undefined || callerNumbers.includes(callerNumber)) &&
        (number === undefined || !dials || fitsAny(dials, number)),
    )
  }

  /** What we say when that trunk asks who we are; undefined: it never does, or the secret is lost. */
  clientCredentials(trunkId: string): { userName: string; password: string } | undefined {
    const credentials = this.trunk(trunkId)?.credentials
    if (!credentials) return undefined
    const password = unseal(this.secret, trunkId, credentials.sealedPassword)
    return password === undefined ? undefined : { userName: credentials.userName, password }
  }

  extension(number: string): Extension | undefined {
    return this.extensionById.get(number)
  }

  extensionOf(staffId: string): Extension | undefined {
    return this.extensionByStaff.get(staffId)
  }

  get extensions(): Extension[] {
    return [...this.extensionById.values()]
  }

  /** Whose number it is; undefined: nobody's. */
  /** a number of ours, by its id */
  accountById(id: string): Account | undefined {
    return this.accounts.find(({ _id }) => _id === id)
  }

  account(called: string): Account | undefined {
    return matchNumber(this.accounts, called)
  }

  /** Numbers that may be shown when calling out, each once, named after the account that answers on it. */
  callerNumbers(): CallerNumber[] {
    const shown = new Map<string, CallerNumber>()
    for (const { _id: trunkId, outbound, callerNumbers, name } of this.trunkList) {
      if (!outbound) continue
      for (const number of callerNumbers) {
        const account = this.account(number)
        const key = plainNumber(number)
        if (!shown.has(key)) shown.set(key, { number, name: account?.name ?? name, trunkId })
      }
    }
    return [...shown.values()]
  }

  private async load(): Promise<void> {
    const [trunks, extensions, accounts] = await Promise.all([
      TrunkModel.find({ enabled: true }).sort({ priority: 1, _id: 1 }).lean<Trunk[]>(),
      ExtensionModel.find({ enabled: true }).sort({ _id: 1 }).lean<Extension[]>(),
      AccountModel.find({ channel: 'voice', enabled: true }).sort({ _id: 1 }).lean<Account[]>(),
    ])
    this.trunkList = trunks
    this.accounts = accounts
    this.extensionById = new Map(extensions.map((extension) => [extension._id, extension]))
    this.extensionByStaff = new Map(
      extensions.flatMap((extension) =>
        extension.staffId ? [[extension.staffId, extension]] : [],
      ),
    )
    this.ranges = trunks
      .flatMap(({ _id, inbound }) =>
        inbound.byAddress.flatMap((text) => {
          const range = parseRange(text)
          return range ? [{ range, peer: { kind: 'trunk' as const, id: _id } }] : []
        }),
      )
      // the narrower range knows better who it is
      .sort((a, b) => b.range.prefix - a.range.prefix)
    this.secrets = new Map([
      ...trunks.flatMap(({ _id, inbound: { digest } }) =>
        digest ? [secretOf({ kind: 'trunk', id: _id }, digest.userName, digest)] : [],
      ),
      ...extensions.map((each) => secretOf({ kind: 'extension', id: each._id }, each._id, each)),
    ])
    for (const listener of this.listeners) listener()
  }
}

function secretOf(
  peer: Peer,
  userName: string,
  { md5, sha256 }: { md5: string; sha256: string },
): [string, DigestSecret] {
  return [userName, { peer, md5, sha256 }]
}
