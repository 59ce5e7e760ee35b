import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { z } from 'zod'
import type { draftView } from '../../../gateway/flows/schema.ts'
import { api, ApiError } from '../api/client.ts'
import { isObject } from './doc.ts'
import type { Doc } from './doc.ts'
import { mapJson } from './json-map.ts'
import type { JsonMap } from './json-map.ts'
import { rebaseDoc } from './rebase-doc.ts'
import { keepUnsaved, unsavedOf } from './unsaved.ts'

export type DraftView = z.infer<typeof draftView>

export interface Draft {
  text: string
  type(text: string): void
  map: JsonMap
  /** the document as typed, as long as it can be read */
  doc: Doc | undefined
  /** the last document that could be read, for the outline */
  lastDoc: Doc
  dirty: boolean
  restored: boolean
  saving: boolean
  error: unknown
  /** @returns whether the draft is saved now */
  save(): Promise<boolean>
  discard(): void
  conflict: boolean
  mend(): Promise<void>
  clashes: string[] | undefined
}

export const written = (doc: unknown): string => JSON.stringify(doc, null, 2)

/** One flow's draft under edit: the text as typed, and how it is saved without treading on others. */
export function useDraft(flowId: string, stored: DraftView): Draft {
  const queries = useQueryClient()
  const [kept] = useState(() => unsavedOf(flowId))
  const [base, setBase] = useState(() =>
    kept
      ? { draftVersion: kept.draftVersion, text: kept.base }
      : { draftVersion: stored.draftVersion, text: written(stored.doc) },
  )
  const [text, type] = useState(kept?.text ?? base.text)
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>()
  const [clashes, setClashes] = useState<string[]>()
  const map = useMemo(() => mapJson(text), [text])
  const doc = map.ok && isObject(map.value) ? map.value : undefined
  const [lastDoc, setLastDoc] = useState<Doc>(doc ?? stored.doc)
  if (doc && doc !== lastDoc) setLastDoc(doc)
  const dirty = text !== base.text

  useEffect(() => {
    keepUnsaved(
      flowId,
      dirty ? { draftVersion: base.draftVersion, base: base.text, text } : undefined,
    )
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [flowId, dirty, base, text])

  const take = (view: DraftView, nextText: string) => {
    setBase({ draftVersion: view.draftVersion, text: written(view.doc) })
    type(nextText)
    queries.setQueryData(['flows', 'draft', flowId], view)
  }

  const save = async (): Promise<boolean> => {
    if (!doc) return false
    if (!dirty) return true
    setSaving(true)
    setError(undefined)
    try {
      const view = await api.put<DraftView>(`/flows/${flowId}/draft`, {
        draftVersion: base.draftVersion,
        doc,
      })
      // what was typed stays as it was laid out, unless the server stored something else
      take(view, written(view.doc))
      setClashes(undefined)
      await queries.invalidateQueries({ queryKey: ['flows', 'items'] })
      return true
    } catch (refused) {
      setError(refused)
      return false
    } finally {
      setSaving(false)
    }
  }

  const mend = async () => {
    try {
      const fresh = await api.get<DraftView>(`/flows/${flowId}/draft`)
      const rebased = rebaseDoc(JSON.parse(base.text) as Doc, lastDoc, fresh.doc)
      take(fresh, written(rebased.doc))
      setClashes(rebased.clashes)
      setError(undefined)
    } catch (failed) {
      setError(failed)
    }
  }

  return {
    text,
    type,
    map,
    doc,
    lastDoc,
    dirty,
    restored: kept !== undefined && dirty,
    saving,
    error,
    save,
    discard: () => type(base.text),
    conflict: error instanceof ApiError && error.code === 'CONFLICT',
    mend,
    clashes,
  }
}
