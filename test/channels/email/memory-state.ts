/** What channels remember, as one store shared by several nodes: leases hold across them. */
import type { AccountState } from '../../../channels/provider.ts'

export class MemoryState implements AccountState {
  private readonly values = new Map<string, string>()
  private readonly turns = new Map<string, Promise<unknown>>()

  get<T>(accountId: string, key: string): Promise<T | undefined> {
    const found = this.values.get(`${accountId}|${key}`)
    return Promise.resolve(found === undefined ? undefined : (JSON.parse(found) as T))
  }

  set(accountId: string, key: string, value: unknown): Promise<void> {
    this.values.set(`${accountId}|${key}`, JSON.stringify(value))
    return Promise.resolve()
  }

  getSecret(accountId: string, key: string): Promise<string | undefined> {
    return this.get(accountId, key)
  }

  setSecret(accountId: string, key: string, value: string): Promise<void> {
    return this.set(accountId, key, value)
  }

  exclusively<T>(
    accountId: string,
    key: string,
    _leaseMs: number,
    work: () => Promise<T>,
  ): Promise<T> {
    const id = `${accountId}|${key}`
    const result = (this.turns.get(id) ?? Promise.resolve()).then(work)
    this.turns.set(
      id,
      result.catch(() => undefined),
    )
    return result
  }
}
