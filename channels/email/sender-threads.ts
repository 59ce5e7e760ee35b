/** The threads of each person who writes, kept in a small document of theirs. */
import { createHash } from 'node:crypto'
import type { AccountState } from '../provider.ts'
import type { MailThread } from './mail-thread.ts'

export class SenderThreads {
  private readonly state: AccountState

  constructor(state: AccountState) {
    this.state = state
  }

  async of(accountId: string, address: string): Promise<MailThread[]> {
    return (await this.state.get<MailThread[]>(accountId, keyOf(address))) ?? []
  }

  async find(accountId: string, address: string, id: string): Promise<MailThread | undefined> {
    return (await this.of(accountId, address)).find((thread) => thread.id === id)
  }

  /** Our own mail began the thread, unless they have written in it meanwhile. */
  async began(accountId: string, address: string, id: string, messageId: string): Promise<void> {
    const known = await this.of(accountId, address)
    const own = known.find((thread) => thread.id === id)
    if (!own || own.lastId) return
    const threads = known.map((thread) => (thread === own ? { ...own, lastId: messageId } : thread))
    await this.keep(accountId, address, threads)
  }

  keep(accountId: string, address: string, threads: MailThread[]): Promise<void> {
    return this.state.set(accountId, keyOf(address), threads)
  }
}

/** An address may be longer than a key should be. */
const keyOf = (address: string): string =>
  `threads ${createHash('sha256').update(address).digest('hex').slice(0, 32)}`
