/**
 * Callbacks that are not encrypted: their signature covers the time and a nonce, not the content. A nonce that came
 * with another content before is a forgery; with the same it is WeChat trying again.
 */
import { createHash } from 'node:crypto'

export const MAX_AGE_MS = 5 * 60_000
const MAX_KEPT = 50_000

export class Nonces {
  private readonly now: () => number
  /** by signature, oldest first */
  private readonly seen = new Map<string, { content: string; atMs: number }>()

  constructor(now: () => number) {
    this.now = now
  }

  /** @param timestamp seconds, as in the address */
  accepts(timestamp: string, nonce: string, body: Buffer): boolean {
    const nowMs = this.now()
    const atMs = Number(timestamp) * 1000
    if (!(Math.abs(nowMs - atMs) <= MAX_AGE_MS)) return false
    for (const [key, { atMs }] of this.seen) {
      if (nowMs - atMs <= 2 * MAX_AGE_MS && this.seen.size < MAX_KEPT) break
      this.seen.delete(key)
    }
    const key = `${timestamp}|${nonce}`
    const content = createHash('sha256').update(body).digest('base64')
    const before = this.seen.get(key)
    if (before) return before.content === content
    this.seen.set(key, { content, atMs: nowMs })
    return true
  }
}
