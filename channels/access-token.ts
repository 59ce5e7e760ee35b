/**
 * The access token of one account: kept encrypted, shared by all nodes, and fetched by one of them at a time.
 * Two nodes that each fetch their own would take the other's away (WeChat: the older one dies after five minutes).
 */
import { createHash } from 'node:crypto'
import type { AccountState } from './provider.ts'

/** A token is renewed so long before it ends; WeChat takes both then. */
const EARLY_MS = 5 * 60_000
/** Longer than any fetch takes; whoever holds it longer is dead. */
const LEASE_MS = 30_000
const KEY = 'accessToken'

export interface FetchedToken {
  token: string
  expiresInMs: number
}

export interface AccessTokenOptions {
  accountId: string
  /** what it is given for (app id and secret): a kept token of other credentials is worth nothing */
  credentials: string[]
  /** `refused`: the provider took the last one no longer. @throws what the provider said */
  fetch: (refused: boolean) => Promise<FetchedToken>
  state: Pick<AccountState, 'getSecret' | 'setSecret' | 'exclusively'>
  now: () => number
}

interface Kept {
  token: string
  untilMs: number
  of: string
}

export class AccessToken {
  private readonly options: AccessTokenOptions
  private readonly of: string
  private kept: Kept | undefined

  constructor(options: AccessTokenOptions) {
    this.options = options
    this.of = createHash('sha256').update(JSON.stringify(options.credentials)).digest('base64url')
  }

  /** @throws what `fetch` throws */
  async get(): Promise<string> {
    return this.isGood(this.kept) ? this.kept.token : this.fetched()
  }

  /** The provider refused `token`: the one another node has got meanwhile, or a new one. */
  async renewed(token: string): Promise<string> {
    if (this.isGood(this.kept) && this.kept.token !== token) return this.kept.token
    return this.fetched(token)
  }

  private fetched(refused?: string): Promise<string> {
    const { accountId, state, fetch, now } = this.options
    return state.exclusively(accountId, KEY, LEASE_MS, async () => {
      const stored = await this.stored()
      if (this.isGood(stored) && stored.token !== refused) this.kept = stored
      else {
        const { token, expiresInMs } = await fetch(refused !== undefined)
        this.kept = { token, untilMs: now() + expiresInMs, of: this.of }
        await state.setSecret(accountId, KEY, JSON.stringify(this.kept))
      }
      return this.kept.token
    })
  }

  private async stored(): Promise<Kept | undefined> {
    const text = await this.options.state.getSecret(this.options.accountId, KEY)
    return text ? (JSON.parse(text) as Kept) : undefined
  }

  private isGood(kept: Kept | undefined): kept is Kept {
    return kept !== undefined && kept.of === this.of && kept.untilMs - EARLY_MS > this.options.now()
  }
}
