/** What channels remember of their accounts: small documents, shared by all nodes (channels/provider.ts). */
import type { AccountState } from '../../channels/provider.ts'
import { seal, unseal } from '../store/sealed.ts'
import type { StoredState } from './model.ts'
import { AccountStateModel } from './model.ts'

/** Who waits for a lease asks again after this long. */
const ASK_AGAIN_MS = 50

export class StoredAccountState implements AccountState {
  private readonly secret: string
  private readonly nodeId: string
  private readonly now: () => number
  /** what this node does under a lease, one after the other */
  private readonly own = new Map<string, Promise<unknown>>()

  constructor(options: { secret: string; nodeId: string; now: () => number }) {
    this.secret = options.secret
    this.nodeId = options.nodeId
    this.now = options.now
  }

  async get<T>(accountId: string, key: string): Promise<T | undefined> {
    const found = await AccountStateModel.findById(idOf(accountId, key)).lean<StoredState>()
    return found?.value as T | undefined
  }

  async set(accountId: string, key: string, value: unknown): Promise<void> {
    await AccountStateModel.updateOne(
      { _id: idOf(accountId, key) },
      { $set: { accountId, value } },
      { upsert: true },
    )
  }

  async getSecret(accountId: string, key: string): Promise<string | undefined> {
    const sealed = await this.get<string>(accountId, key)
    return sealed && unseal(this.secret, idOf(accountId, key), sealed)
  }

  setSecret(accountId: string, key: string, value: string): Promise<void> {
    return this.set(accountId, key, seal(this.secret, idOf(accountId, key), value))
  }

  exclusively<T>(
    accountId: string,
    key: string,
    leaseMs: number,
    work: () => Promise<T>,
  ): Promise<T> {
    const id = idOf(accountId, `lease ${key}`)
    const before = this.own.get(id) ?? Promise.resolve()
    const result = before.then(() => this.leased(accountId, id, leaseMs, work))
    const tail = result.catch(() => undefined)
    this.own.set(id, tail)
    void tail.then(() => this.own.get(id) === tail && this.own.delete(id))
    return result
  }

  /** An account is removed: so is all that was remembered of it. */
  async forget(accountId: string): Promise<void> {
    await AccountStateModel.deleteMany({ accountId })
  }

  private async leased<T>(
    accountId: string,
    id: string,
    leaseMs: number,
    work: () => Promise<T>,
  ): Promise<T> {
    while (!(await this.lease(accountId, id, leaseMs)))
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    try {
      return await work()
    } finally {
      await AccountStateModel.updateOne(
        { _id: id, leaseOwner: this.nodeId },
        { $unset: { leaseOwner: '', leaseUntil: '' } },
      )
    }
  }

  private async lease(accountId: string, id: string, leaseMs: number): Promise<boolean> {
    const now = new Date(this.now())
    try {
      await AccountStateModel.updateOne(
        {
          _id: id,
          $or: [
            { leaseOwner: { $exists: false } },
            { leaseOwner: this.nodeId },
            { leaseUntil: { $lt: now } },
          ],
        },
        {
          $set: {
            accountId,
            leaseOwner: this.nodeId,
            leaseUntil: new Date(now.getTime() + leaseMs),
          },
        },
        { upsert: true },
      )
      return true
    } catch (error) {
      // somebody else has it: the filter found nothing, and the id is taken
      if ((error as { code?: number }).code === 11000) return false
      throw error
    }
  }
}

const idOf = (accountId: string, key: string) => `${accountId}|${key}`
