import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { api, ApiError } from '../api/client.ts'
import type { Doc } from './doc.ts'
import { DraftStore, written } from './editor/draft-store.ts'
import type { Clash, DraftView } from './editor/draft-store.ts'
import { mapJson } from './json-map.ts'
import type { JsonMap } from './json-map.ts'
import { keepUnsaved, unsavedOf } from './unsaved.ts'

export type { DraftView }
export { written }

export interface Draft {
  /** the document; undefined while JSON stands there that cannot be read */
  doc: Doc | undefined
  /** the last document that could be read */
  lastDoc: Doc
  /** the number of the storing this edit is based on */
  draftVersion: number
  /** the document as JSON, for experts; written out when it is asked for */
  readonly text: string
  readonly map: JsonMap
  type(text: string): void
  dropTyped(): void
  change(edit: (doc: Doc) => Doc, merge?: string): void
  /** the next step is one of its own */
  part(): void
  undo(): void
  redo(): void
  canUndo: boolean
  canRedo: boolean
  dirty: boolean
  restored: boolean
  saving: boolean
  error: unknown
  /** @returns whether the draft is saved now */
  save(): Promise<boolean>
  discard(): void
  conflict: boolean
  clash: Clash | undefined
  takeTheirs(what: string): void
  /** others' changes were merged in */
  merged: boolean
  /** takes in what others stored meanwhile */
  pull(): Promise<void>
}

const AUTOSAVE_MS = 1500

/** One flow's draft under edit. The document is the truth; see editor/draft-store.ts. */
export function useDraft(flowId: string, stored: DraftView): Draft {
  const queries = useQueryClient()
  const [store] = useState(
    () =>
      new DraftStore(stored, unsavedOf(flowId), {
        put: (draftVersion, doc) =>
          api.put<DraftView>(`/flows/${flowId}/draft`, { draftVersion, doc }),
        get: () => api.get<DraftView>(`/flows/${flowId}/draft`),
        keep: (unsaved) => keepUnsaved(flowId, unsaved),
        onStored: (view) => {
          queries.setQueryData(['flows', 'draft', flowId], view)
          void queries.invalidateQueries({ queryKey: ['flows', 'items'] })
        },
        autosaveMs: AUTOSAVE_MS,
      }),
  )
  const state = useSyncExternalStore(store.subscribe, store.snapshot)
  const { dirty } = store

  useEffect(() => {
    window.addEventListener('pagehide', store.keepNow)
    return () => {
      window.removeEventListener('pagehide', store.keepNow)
      // leaving the flow is no reason to leave it unsaved
      if (store.dirty) void store.save()
      store.stop()
    }
  }, [store])
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])

  return useMemo((): Draft => {
    const { history, typed, error } = state
    const { present, past, future } = history
    let text: string | undefined
    let map: JsonMap | undefined
    return {
      doc: store.broken ? undefined : present,
      lastDoc: present,
      draftVersion: state.base.draftVersion,
      get text() {
        return (text ??= typed && (!typed.doc || typed.doc === present) ? typed.text : written(present)) // prettier-ignore
      },
      get map() {
        return (map ??= mapJson(this.text))
      },
      type: store.type,
      dropTyped: store.dropTyped,
      change: store.change,
      part: store.part,
      undo: store.undo,
      redo: store.redo,
      canUndo: past.length > 0 && !store.broken,
      canRedo: future.length > 0 && !store.broken,
      dirty,
      restored: state.restored && dirty,
      saving: state.saving,
      error,
      save: store.save,
      discard: store.discard,
      conflict: error instanceof ApiError && error.code === 'CONFLICT',
      clash: state.clash,
      takeTheirs: store.takeTheirs,
      merged: state.merged,
      pull: store.pull,
    }
  }, [store, state, dirty])
}
