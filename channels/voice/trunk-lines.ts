/** How many calls each trunk carries, both ways together. A call that has ended counts no more by itself. */
import type { SipCall } from '../sip/sip-engine.ts'

type Counted = Pick<SipCall, 'state'>

export class TrunkLines {
  private readonly held = new Map<string, Set<Counted>>()

  hold(trunkId: string, call: Counted): void {
    const calls = this.held.get(trunkId) ?? new Set()
    this.held.set(trunkId, calls)
    tidy(calls)
    calls.add(call)
  }

  count(trunkId: string): number {
    const calls = this.held.get(trunkId)
    return calls ? tidy(calls) : 0
  }

  /** @param trunk `maxCalls` unset: as many as there are */
  hasRoom({ _id, maxCalls }: { _id: string; maxCalls?: number }): boolean {
    return maxCalls === undefined || this.count(_id) < maxCalls
  }
}

function tidy(calls: Set<Counted>): number {
  for (const call of calls) if (call.state === 'ended') calls.delete(call)
  return calls.size
}
