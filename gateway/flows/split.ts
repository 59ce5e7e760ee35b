/** Two published versions side by side: a share of the new conversations begins with the other one. Pure. */
import { sha256 } from '../../bots/flow/sha256.ts'

export interface Split {
  /** the version beside the live one */
  version: number
  /** its share of new conversations, 1 … 99 */
  percent: number
}

/**
 * The version a conversation begins with: the same one whenever it is asked, on every node. Raising the share moves
 * conversations to the other version only, never back.
 */
export function versionFor(
  flowId: string,
  live: number,
  split: Split | undefined,
  conversationId: string | undefined,
): number {
  if (!split || conversationId === undefined) return live
  return shareOf(`${flowId}@${split.version}:${conversationId}`) < split.percent
    ? split.version
    : live
}

/** Where a key falls between 0 and 100, evenly and always the same: the first 32 bits of its hash. */
export function shareOf(key: string): number {
  return (parseInt(sha256(key).slice(0, 8), 16) / 0x1_0000_0000) * 100
}
