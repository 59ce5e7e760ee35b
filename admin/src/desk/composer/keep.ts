/** Drafts, unsent messages and read marks on this computer, by member of staff. */
import type { ComposeBook } from './compose.ts'

/** The part of `localStorage` used here. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export interface Kept {
  compose: ComposeBook
  read: Record<string, number>
}

const keyOf = (userId: string) => `yilu.desk.${userId}`

export function load(shelf: Shelf, userId: string): Kept {
  try {
    const kept = JSON.parse(shelf.getItem(keyOf(userId)) ?? '{}') as Partial<Kept>
    return { compose: kept.compose ?? {}, read: kept.read ?? {} }
  } catch {
    // somebody else's or a half-written value: better an empty desk than none
    return { compose: {}, read: {} }
  }
}

export function save(shelf: Shelf, userId: string, kept: Kept): void {
  try {
    shelf.setItem(keyOf(userId), JSON.stringify(kept))
  } catch {
    // storage full or forbidden: the desk works on, only a reload would lose the draft
  }
}
