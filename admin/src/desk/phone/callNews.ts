import type { CallCard } from '../../../../gateway/desk/protocol.ts'

export type CallNews = 'connected' | 'held' | 'retrieved' | 'ended'

/** What of a change somebody who cannot see the screen has to be told. Pure. */
export function callNews(before: CallCard | undefined, after: CallCard): CallNews | undefined {
  if (after.phase === 'ended') return before && before.phase !== 'ended' ? 'ended' : undefined
  if (after.phase === 'talking' && before?.phase !== 'talking') return 'connected'
  if (before && before.held !== after.held) return after.held ? 'held' : 'retrieved'
  return undefined
}
