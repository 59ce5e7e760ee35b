/**
 * Fetches what came for one service account. WeCom only tells that something did; what it was is pulled, page by
 * page, from a cursor that all nodes share. The order is what keeps messages: those of a page are received —
 * stored under their msgid — first, and the cursor moves after. A crash in between, or two nodes at it at once,
 * brings a page twice, and the inbox knows its messages again; a cursor that was set back for the same reason
 * does no more harm than that.
 */
import { doublingWaitMs } from '../doubling-wait.ts'
import type { ProviderContext } from '../provider.ts'
import type { KfApi } from './kf-api.ts'
import { Unreachable } from '../provider-http.ts'
import { KfError, verdictOf } from './kf-error.ts'
import type { KfMessage, KfPage } from './kf-message.ts'
import { readKfPage } from './kf-message.ts'

/** WeCom allows 1,000; less is a smaller step to repeat. */
const PAGE = 200
/** The lease is given back after this many pages. */
const PAGES_PER_LEASE = 10
/** After a crash nothing is fetched for so long. It may end too early: two at it at once do no harm (above). */
const LEASE_MS = 10_000
/** A callback's token allows frequent pulling for ten minutes. */
const TOKEN_MS = 10 * 60_000
/** At the very first pull, WeCom hands out days of messages that others have answered. */
const FIRST_REACHES_BACK_MS = 10 * 60_000
const FIRST_RETRY_MS = 2_000
const MAX_RETRY_MS = 10 * 60_000
/** "More follows", and the cursor stands still: asked so often before it is left for the next poll. */
const MAX_STUCK = 5
/** The token of a callback is no longer good (path/94670). */
const BAD_TOKEN = 95007

interface Notice {
  token: string
  atMs: number
}

interface Progress {
  cursor: string
  /** what was sent before is not ours */
  sinceMs: number
  pulledAtMs: number
}

export interface PullerOptions {
  accountId: string
  openKfId: string
  pollMs: number
  api: KfApi
  context: Pick<ProviderContext, 'state' | 'health' | 'now' | 'onError'>
  /** resolves when all of it is stored */
  take: (messages: KfMessage[]) => Promise<void>
}

export class Puller {
  private readonly options: PullerOptions
  private timer: NodeJS.Timeout | undefined
  private pulling: Promise<void> | undefined
  private again = false
  private failures = 0
  private stopped = false

  constructor(options: PullerOptions) {
    this.options = options
  }

  /** A callback came: resolves when that is on disk, and pulls. */
  async notified(token: string): Promise<void> {
    const { accountId, context } = this.options
    const notice: Notice = { token, atMs: context.now() }
    await context.state.set(accountId, this.key('notice'), notice)
    this.pull()
  }

  /** Pulls now, or once more after the pull under way. */
  pull(): void {
    if (this.stopped) return
    if (this.pulling) {
      this.again = true
      return
    }
    clearTimeout(this.timer)
    this.pulling = this.run().finally(() => {
      this.pulling = undefined
      if (!this.stopped && this.again) {
        this.again = false
        this.pull()
      }
    })
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.pulling
  }

  private async run(): Promise<void> {
    const { pollMs } = this.options
    try {
      while (!this.stopped && (await this.pages()));
      this.failures = 0
      this.wake(pollMs)
    } catch (error) {
      this.failures++
      this.wake(Math.max(this.failed(error), Math.min(pollMs, this.backOffMs())))
    }
  }

  /** @returns whether there is more */
  private async pages(): Promise<boolean> {
    const { accountId, context } = this.options
    return context.state.exclusively(accountId, this.key('sync'), LEASE_MS, async () => {
      let stuck = 0
      for (let page = 0; page < PAGES_PER_LEASE && !this.stopped; page++) {
        const { hasMore, moved } = await this.page()
        // an empty page that says more follows is followed
        if (!hasMore) return false
        stuck = moved ? 0 : stuck + 1
        if (stuck >= MAX_STUCK) {
          context.health.fault(accountId, 'warning', 'CURSOR_STANDS_STILL')
          return false
        }
      }
      return true
    })
  }

  private async page(): Promise<{ hasMore: boolean; moved: boolean }> {
    const { accountId, context, take } = this.options
    const { state, now } = context
    const progress = (await state.get<Progress>(accountId, this.key('progress'))) ?? {
      ...{ cursor: '', sinceMs: now() - FIRST_REACHES_BACK_MS, pulledAtMs: 0 },
    }
    const { messages, nextCursor, hasMore, unreadable } = await this.ask(progress.cursor)
    if (unreadable)
      context.health.fault(accountId, 'warning', 'UNREADABLE_MESSAGES', String(unreadable))
    else context.health.ok(accountId)
    await take(messages.filter(({ send_time: atS }) => atS * 1000 >= progress.sinceMs))
    const moved = nextCursor !== '' && nextCursor !== progress.cursor
    await state.set(accountId, this.key('progress'), {
      ...progress,
      ...(moved && { cursor: nextCursor }),
      pulledAtMs: now(),
    } satisfies Progress)
    return { hasMore, moved }
  }

  private async ask(cursor: string): Promise<KfPage> {
    const { accountId, openKfId, api, context } = this.options
    const notice = await context.state.get<Notice>(accountId, this.key('notice'))
    const token =
      notice && notice.atMs + TOKEN_MS > context.now() && notice.token ? notice.token : undefined
    const body = {
      ...(cursor && { cursor }),
      ...{ limit: PAGE, voice_format: 0, open_kfid: openKfId },
    }
    try {
      return readKfPage(await api.call('kf/sync_msg', { ...body, ...(token && { token }) }))
    } catch (error) {
      if (!token || !(error instanceof KfError) || error.errcode !== BAD_TOKEN) throw error
      return readKfPage(await api.call('kf/sync_msg', body))
    }
  }

  /** @returns how long to rest at least, in milliseconds */
  private failed(error: unknown): number {
    const { accountId, context } = this.options
    if (error instanceof Unreachable)
      context.health.fault(accountId, 'down', 'PROVIDER_UNREACHABLE', error.detail)
    else if (error instanceof KfError) {
      const { health, pauseMs } = verdictOf(error.errcode)
      const { errcode, detail } = error
      context.health.fault(accountId, health ?? 'needsPerson', String(errcode), detail)
      return pauseMs ? Math.max(pauseMs, this.backOffMs()) : 0
    } else context.onError(error, { accountId })
    return 0
  }

  private backOffMs(): number {
    return doublingWaitMs(FIRST_RETRY_MS, this.failures - 1, MAX_RETRY_MS)
  }

  private wake(afterMs: number): void {
    if (!this.stopped) this.timer = setTimeout(() => this.pull(), afterMs)
  }

  private key(name: string): string {
    return `${name} ${this.options.openKfId}`
  }
}
