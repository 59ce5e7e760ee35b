/** Who is typing: clients say that somebody does, and never that they stopped. */
import { legKey } from '../../gateway/domain/conversation.ts'
import type { ChannelContext, ThreadOf } from '../channel.ts'

/** Web Chat says "typing" every three seconds while somebody types, and nothing when they stop. */
const TYPING_ENDS_MS = 5_000

export interface ClientTypingOptions extends Pick<ChannelContext, 'typing'> {
  onError: (error: unknown) => void
}

export class ClientTyping {
  private readonly options: ClientTypingOptions
  private readonly timers = new Map<string, NodeJS.Timeout>()

  constructor(options: ClientTypingOptions) {
    this.options = options
  }

  async begins(thread: ThreadOf): Promise<void> {
    const key = legKey(thread)
    const running = this.timers.get(key)
    clearTimeout(running)
    this.timers.set(
      key,
      setTimeout(() => this.ends(thread), TYPING_ENDS_MS),
    )
    if (!running) await this.options.typing(thread.accountId, thread.threadKey, true)
  }

  ends(thread: ThreadOf): void {
    const key = legKey(thread)
    const timer = this.timers.get(key)
    if (!timer) return
    clearTimeout(timer)
    this.timers.delete(key)
    const { typing, onError } = this.options
    void typing(thread.accountId, thread.threadKey, false).catch(onError)
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
  }
}
