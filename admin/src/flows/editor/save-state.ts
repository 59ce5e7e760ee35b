import type { Draft } from '../useDraft.ts'

/** What a person is told of the safety of their work. */
export type SaveState = 'saved' | 'saving' | 'unsaved' | 'failed' | 'clash' | 'broken'

export function saveState(
  draft: Pick<Draft, 'doc' | 'clash' | 'saving' | 'error' | 'dirty'>,
): SaveState {
  // prettier-ignore
  if (!draft.doc) return 'broken'
  if (draft.clash) return 'clash'
  if (draft.saving) return 'saving'
  if (draft.error) return 'failed'
  return draft.dirty ? 'unsaved' : 'saved'
}
