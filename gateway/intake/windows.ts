/** What providers let us write on each thread: granted by what comes in, spent by what goes out. */
import type { Bus } from '../bus/bus.ts'
import type { Leg } from '../domain/conversation.ts'
import { legKey } from '../domain/conversation.ts'
import type { ReplyWindow, WindowGrant, WindowView } from '../domain/reply-window.ts'
import { closedWindow, openWindow, takeFromWindow, viewWindow } from '../domain/reply-window.ts'
import type { StoredWindow } from './model.ts'
import { WindowModel } from './model.ts'

type Thread = Pick<Leg, 'accountId' | 'threadKey'>

export class Windows {
  private readonly bus: Bus
  private readonly now: () => number

  constructor(options: { bus: Bus; now: () => number }) {
    this.bus = options.bus
    this.now = options.now
  }

  /** By the inbox row of that id; a row handled twice grants once. */
  async grant(thread: Thread, inboxId: string, grants: WindowGrant[]): Promise<void> {
    const stored = await this.stored(thread)
    // ids sort by time
    if (stored && stored.inboxId >= inboxId) return
    const next = grants.reduce<ReplyWindow>(
      (window, grant) => openWindow(window, grant, this.now()),
      stored ?? closedWindow,
    )
    await this.write(thread, next, inboxId)
  }

  /** Is so much granted at this moment? */
  async covers(thread: Thread, pieces: number): Promise<boolean> {
    const window = (await this.stored(thread)) ?? closedWindow
    return takeFromWindow(window, pieces, this.now()) !== undefined
  }

  async spend(thread: Thread, pieces: number): Promise<void> {
    if (pieces === 0) return
    const stored = await this.stored(thread)
    if (!stored) return
    // more than is granted went out all the same: nothing is left
    const next = takeFromWindow(stored, pieces, this.now()) ?? closedWindow
    await this.write(thread, next, stored.inboxId)
  }

  /** The provider says so, whatever we counted. */
  async close(thread: Thread): Promise<void> {
    const stored = await this.stored(thread)
    if (stored) await this.write(thread, closedWindow, stored.inboxId)
  }

  async view(thread: Thread): Promise<WindowView> {
    return viewWindow((await this.stored(thread)) ?? closedWindow, this.now())
  }

  private async stored(thread: Thread): Promise<StoredWindow | undefined> {
    return (await WindowModel.findById(legKey(thread)).lean<StoredWindow>()) ?? undefined
  }

  private async write(thread: Thread, { grants }: ReplyWindow, inboxId: string): Promise<void> {
    const endsAt = new Date(Math.max(this.now(), ...grants.map(({ untilMs }) => untilMs)))
    await WindowModel.updateOne(
      { _id: legKey(thread) },
      { $set: { grants, inboxId, endsAt } },
      { upsert: true },
    )
    const { accountId, threadKey } = thread
    const window = viewWindow({ grants }, this.now())
    this.bus.publish('replyWindow', { accountId, threadKey, window })
  }
}
