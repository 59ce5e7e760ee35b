/** How well everybody in a call is heard, looked at while people talk. */
import type { LegStats } from '../../media/media.ts'
import type { Party } from './party.ts'

/** RTCP reports come about as often (RFC 3550 §6.2). */
const EVERY_MS = 5000
/** What is shown changes only with something one could hear. */
const JITTER_STEP_MS = 5

export interface LineQualityOptions {
  parties: () => readonly Party[]
  onChange: () => void
  onError: (error: unknown) => void
}

export class LineQuality {
  private timer: NodeJS.Timeout | undefined
  /** what was counted when it was looked at last, by leg */
  private readonly before = new Map<string, LegStats>()
  private readonly options: LineQualityOptions

  constructor(options: LineQualityOptions) {
    this.options = options
  }

  /** One timer per call that is talked, none else. */
  watch(on: boolean): void {
    if (on === (this.timer !== undefined)) return
    clearInterval(this.timer)
    this.timer = undefined
    if (!on) return this.before.clear()
    this.timer = setInterval(() => void this.look().catch(this.options.onError), EVERY_MS)
    this.timer.unref()
  }

  private async look(): Promise<void> {
    const looked = this.options.parties().map(async (party) => this.lookAt(party))
    const changed = await Promise.all(looked)
    if (this.timer && changed.includes(true)) this.options.onChange()
  }

  private async lookAt(party: Party): Promise<boolean> {
    const { leg } = party
    if (!leg || party.state !== 'connected') return false
    const now = await leg.stats()
    const quality = qualityBetween(this.before.get(leg.id), now)
    this.before.set(leg.id, now)
    const { lostPercent, jitterMs } = party.quality ?? {}
    if (lostPercent === quality.lostPercent && jitterMs === quality.jitterMs) return false
    party.quality = quality
    return true
  }
}

/** Rounded figures of the time between two looks; what came too late to be heard is as good as lost. */
export function qualityBetween(
  before: Pick<LegStats, 'packetsReceived' | 'packetsLost' | 'packetsLate'> | undefined,
  now: Pick<LegStats, 'packetsReceived' | 'packetsLost' | 'packetsLate' | 'jitterMs'>,
): { lostPercent: number; jitterMs: number } {
  const since = (count: 'packetsReceived' | 'packetsLost' | 'packetsLate') =>
    Math.max(0, now[count] - (before?.[count] ?? 0))
  const lost = since('packetsLost') + since('packetsLate')
  const expected = since('packetsReceived') + since('packetsLost')
  return {
    lostPercent: expected ? Math.min(100, Math.round((100 * lost) / expected)) : 0,
    jitterMs: Math.round(now.jitterMs / JITTER_STEP_MS) * JITTER_STEP_MS,
  }
}
