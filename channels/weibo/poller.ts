/** Reads comments and mentions of one account from where it stopped, on one node at a time. */
import type { Envelope } from '../channel.ts'
import type { AccountState } from '../provider.ts'
import type { WeiboAccount } from './account.ts'
import type { Said, StreamName } from './comments.ts'
import { envelopeOfSaid, isAfter, readSaid, streams } from './comments.ts'
import type { WeiboAnswer, WeiboApi } from './weibo-api.ts'

const PER_PAGE = 50
/** Weibo gives 2,000 of a list at most. */
const MAX_PAGES = 40
const LEASE_MS = 120_000

export interface PollerOptions {
  state: AccountState
  receive: (envelope: Envelope) => Promise<'new' | 'duplicate'>
  /** what Weibo answered, good or bad */
  heard: (accountId: string, answer: WeiboAnswer) => void
  now: () => number
}

export class Poller {
  private readonly options: PollerOptions

  constructor(options: PollerOptions) {
    this.options = options
  }

  /** @returns how many were new */
  async poll(account: WeiboAccount, api: WeiboApi): Promise<number> {
    const { state, now } = this.options
    return state.exclusively(account.id, 'poll', LEASE_MS, async () => {
      // another node may just have done it
      const lastMs = (await state.get<number>(account.id, 'polledAtMs')) ?? 0
      if (now() - lastMs < (account.settings.pollSeconds * 1000) / 2) return 0
      await state.set(account.id, 'polledAtMs', now())
      let count = 0
      for (const stream of Object.keys(streams) as StreamName[])
        count += await this.read(account, api, stream)
      return count
    })
  }

  private async read(account: WeiboAccount, api: WeiboApi, stream: StreamName): Promise<number> {
    const { state, receive, now } = this.options
    const key = `since:${stream}`
    const since = await state.get<string>(account.id, key)
    const found = await this.since(account, api, stream, since)
    if (!found) return 0
    const newest = found.reduce(
      (most, { idstr }) => (isAfter(idstr, most) ? idstr : most),
      since ?? '0',
    )
    let count = 0
    // the first time ever there is only a place to start from: what was said before is answered or old
    if (since !== undefined)
      for (const entry of [...found].sort((a, b) => (isAfter(a.idstr, b.idstr) ? 1 : -1))) {
        const envelope = envelopeOfSaid(account, stream, entry, now())
        if (envelope && (await receive(envelope)) === 'new') count++
      }
    if (newest !== since) await state.set(account.id, key, newest)
    return count
  }

  /** All after `since`, over as many pages as it takes; undefined when Weibo did not give them. */
  private async since(
    account: WeiboAccount,
    api: WeiboApi,
    stream: StreamName,
    since: string | undefined,
  ): Promise<Said[] | undefined> {
    const found: Said[] = []
    const pages = since === undefined ? 1 : MAX_PAGES
    for (let page = 1; page <= pages; page++) {
      const answer = await api.get(streams[stream].path, {
        ...(since !== undefined && since !== '0' && { since_id: since }),
        count: String(PER_PAGE),
        page: String(page),
      })
      this.options.heard(account.id, answer)
      // half a list would move the place past what is in the other half
      if (!answer.ok) return undefined
      const entries = readSaid(stream, answer.body)
      found.push(...entries.filter(({ idstr }) => isAfter(idstr, since ?? '0')))
      // a page may hold fewer than asked for, since Weibo takes deleted ones out of it
      if (!entries.length) break
    }
    return found
  }
}
