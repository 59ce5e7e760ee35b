/**
 * Reads now and then what came in: Twilio repeats a webhook for 15 s at most, so a message of the minutes we
 * were away would be lost otherwise. Without a public address it is the only way in. What a webhook brought
 * before is recognised by its SID.
 */
import type { PartsStore } from '../reassembly.ts'
import type { SmsEvents } from '../link.ts'
import type { TwilioSettings } from './account.ts'
import { pictureOf } from './picture.ts'
import type { InboundMessage } from './api.ts'
import { listInbound, listPictures } from './api.ts'
import { twilioVerdict } from './error.ts'
import { unreachable } from '../verdict.ts'

/** With webhooks it is for what they missed; without, somebody waits. */
const RARELY_MS = 5 * 60_000
const OFTEN_MS = 15_000
/** Messages are listed a moment after their time, and clocks differ. */
const OVERLAP_MS = 10 * 60_000
const MAX_PAGES = 20

interface Cursor {
  sinceMs: number
}

export class TwilioCatchUp {
  private readonly settings: TwilioSettings
  private readonly events: SmsEvents
  private readonly store: PartsStore
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  private running: Promise<void> = Promise.resolve()

  constructor(settings: TwilioSettings, events: SmsEvents) {
    this.settings = settings
    this.events = events
    this.store = events.kept('caughtUp')
  }

  start(): void {
    this.running = this.read()
      .catch((error: unknown) => this.events.onError(error))
      .then(() => {
        if (this.stopped) return
        const waitMs = this.events.callbackUrl ? RARELY_MS : OFTEN_MS
        this.timer = setTimeout(() => this.start(), waitMs)
      })
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.running
  }

  /** @throws what the store throws; then the same is read again */
  async read(): Promise<void> {
    const nowMs = this.events.now()
    const cursor = (await this.store.load()) as Cursor | undefined
    // an account set up now has no past of ours
    if (!cursor) return this.store.save({ sinceMs: nowMs })
    const found = await this.inboundSince(cursor.sinceMs - OVERLAP_MS)
    if (!found) return
    for (const message of found.sort((a, b) => a.atMs - b.atMs)) await this.take(message)
    await this.store.save({ sinceMs: nowMs })
  }

  /** @returns undefined where Twilio did not say */
  private async inboundSince(sinceMs: number): Promise<InboundMessage[] | undefined> {
    const found: InboundMessage[] = []
    let next: string | undefined
    try {
      for (let page = 0; page < MAX_PAGES; page++) {
        const answer = await listInbound(this.settings, sinceMs, next)
        if (!answer.messages) {
          const { status, code } = answer
          const { health = 'warning' } = twilioVerdict(status, code)
          this.events.fault(health, String(code ?? `HTTP_${status}`))
          return undefined
        }
        found.push(...answer.messages.filter(({ atMs }) => atMs >= sinceMs))
        next = answer.next
        // newest first
        if (!next || answer.messages.some(({ atMs }) => atMs < sinceMs)) break
      }
      this.events.ok()
      return found
    } catch (error) {
      unreachable(error, this.events)
      return undefined
    }
  }

  private async take({ sid, from, to, body, pictures }: InboundMessage): Promise<void> {
    const listed = pictures ? await listPictures(this.settings, sid).catch(() => []) : []
    const media = listed.map(({ url, type }, index) => pictureOf(url, type, index))
    await this.events.received({
      ...{ from, to, text: body, dedupeKey: sid },
      ...(media.length && { media }),
    })
  }
}
