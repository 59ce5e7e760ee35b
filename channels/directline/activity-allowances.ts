/** How much a conversation may post. */
import { legKey } from '../../gateway/domain/conversation.ts'
import type { ThreadOf } from '../channel.ts'
import { Allowance } from '../webchat/allowance.ts'
import { refuse } from './refusal.ts'

/** A person types slower; a burst is a client sending what it had kept while offline. */
const ACTIVITIES_PER_SECOND = 5
const ACTIVITY_BURST = 30
const MAX_ALLOWANCES = 50_000

export class ActivityAllowances {
  private readonly allowances = new Map<string, Allowance>()

  /** @throws Refusal TooManyRequests, which says how long to wait */
  spend(thread: ThreadOf, nowMs: number): void {
    const key = legKey(thread)
    const allowance =
      this.allowances.get(key) ?? new Allowance(ACTIVITIES_PER_SECOND, ACTIVITY_BURST, nowMs)
    this.allowances.set(key, allowance)
    if (this.allowances.size > MAX_ALLOWANCES)
      this.allowances.delete(this.allowances.keys().next().value!)
    const waitMs = allowance.take(nowMs)
    if (waitMs > 0) refuse('TooManyRequests', waitMs)
  }
}
