/** Who writes: nickname and unionid, asked for many at once and remembered for a day. */
import { z } from 'zod'
import type { KfApi } from './kf-api.ts'

const REMEMBERED_MS = 24 * 3_600_000
const MAX_REMEMBERED = 20_000
/** customer/batchget takes so many */
const AT_ONCE = 100

export interface Customer {
  name?: string
  /** only where the corp is bound to an Open Platform account */
  unionId?: string
}

const answer = z.object({
  customer_list: z
    .array(
      z.object({
        external_userid: z.string(),
        nickname: z.string().optional().catch(undefined),
        unionid: z.string().max(128).optional().catch(undefined),
      }),
    )
    .catch([]),
})

export class Customers {
  private readonly api: KfApi
  private readonly now: () => number
  private readonly onError: (error: unknown) => void
  private readonly known = new Map<string, Customer & { untilMs: number }>()

  constructor(api: KfApi, now: () => number, onError: (error: unknown) => void) {
    this.api = api
    this.now = now
    this.onError = onError
  }

  /** Never throws: a message is not held up because a name cannot be had. */
  async of(userIds: string[]): Promise<(userId: string) => Customer> {
    const wanted = [...new Set(userIds)].filter(
      (id) => (this.known.get(id)?.untilMs ?? 0) <= this.now(),
    )
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      try {
        await this.ask(wanted.slice(at, at + AT_ONCE))
      } catch (error) {
        this.onError(error)
        break
      }
    }
    return (id) => this.known.get(id) ?? {}
  }

  private async ask(userIds: string[]): Promise<void> {
    const found = answer.parse(
      await this.api.call('kf/customer/batchget', { external_userid_list: userIds }),
    )
    const untilMs = this.now() + REMEMBERED_MS
    for (const { external_userid: id, nickname, unionid } of found.customer_list) {
      const name = nickname?.trim().slice(0, 64)
      this.known.delete(id)
      this.known.set(id, { untilMs, ...(name && { name }), ...(unionid && { unionId: unionid }) })
    }
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_REMEMBERED) break
      this.known.delete(oldest)
    }
  }
}
