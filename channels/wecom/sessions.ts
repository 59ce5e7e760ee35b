/**
 * The state WeCom gives each session: 0 new, 1 the assistant, 2 queued, 3 a servicer in the WeCom client, 4
 * ended. The interface sends in 0 and 1 only, so a session our agents serve is held in 1; from 2 and 3 there is
 * no way back (path/94669).
 */
import type { KfApi } from './kf-api.ts'
import { KfError } from './kf-error.ts'

const NEW = 0
const ASSISTANT = 1
const ENDED = 4
/** A session lasts 48 hours; asking again once a day does no harm. */
const HELD_MS = 24 * 3_600_000
const MAX_HELD = 50_000

export class Sessions {
  private readonly api: KfApi
  private readonly openKfId: string
  private readonly now: () => number
  private readonly held = new Map<string, number>()

  constructor(api: KfApi, openKfId: string, now: () => number) {
    this.api = api
    this.openKfId = openKfId
    this.now = now
  }

  /** The customer wrote: their session is ours before somebody else gets it. @throws KfError, Unreachable */
  async hold(userId: string): Promise<void> {
    if ((this.held.get(userId) ?? 0) > this.now()) return
    this.held.delete(userId)
    this.held.set(userId, this.now() + HELD_MS)
    if (this.held.size > MAX_HELD) this.held.delete(this.held.keys().next().value!)
    try {
      await this.move(userId, ASSISTANT)
    } catch (error) {
      // a session that is in this state already cannot be moved into it
      if (error instanceof KfError && (await this.state(userId)) === ASSISTANT) return
      this.held.delete(userId)
      throw error
    }
  }

  /**
   * A message was refused for the state of the session: can it be sent now?
   * @throws KfError, Unreachable
   */
  async recover(userId: string): Promise<'open' | 'elsewhere' | 'ended'> {
    this.held.delete(userId)
    const state = await this.state(userId)
    if (state === NEW) await this.move(userId, ASSISTANT)
    if (state === NEW || state === ASSISTANT) return 'open'
    return state === ENDED ? 'ended' : 'elsewhere'
  }

  /** @returns the code that lets one closing text be sent. @throws KfError, Unreachable */
  async end(userId: string): Promise<string | undefined> {
    this.forget(userId)
    return (await this.move(userId, ENDED)).msg_code
  }

  /** It changed hands or ended without us. */
  forget(userId: string): void {
    this.held.delete(userId)
  }

  private async state(userId: string): Promise<number> {
    const asked = { open_kfid: this.openKfId, external_userid: userId }
    const { service_state: state } = await this.api.call<{ service_state: number }>(
      'kf/service_state/get',
      asked,
    )
    return state
  }

  private move(userId: string, state: number): Promise<{ msg_code?: string }> {
    const asked = { open_kfid: this.openKfId, external_userid: userId, service_state: state }
    return this.api.call('kf/service_state/trans', asked)
  }
}
