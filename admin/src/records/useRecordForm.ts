import { useQueryClient } from '@tanstack/react-query'
import { keyOf } from './keyOf.ts'
import { Form } from 'antd'
import type { FormInstance } from 'antd'
import { useCallback, useState } from 'react'
import type { z } from 'zod'
import { ApiError } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { fieldIssues } from './issues.ts'
import { refusedFields } from './refusedFields.ts'
import { changesOf, rebase } from './rebase.ts'
import type { Rebased } from './rebase.ts'
import { placeIssues } from './placeIssues.ts'

interface Options<R, V extends object> {
  /** what is edited; undefined for something new */
  record: R | undefined
  toValues(record: R | undefined): V
  /** of the request's body: the same one the server checks with */
  schema: z.ZodType
  /** the body of the request; by default all values for a new record, else changes and version */
  toBody?(values: V, record: R | undefined): unknown
  send(body: unknown, record: R | undefined): Promise<R>
  /** asks for the record anew, after somebody else changed it */
  reload?(record: R): Promise<R>
  /** paths whose lists and records a saved change makes old */
  touches: readonly string[]
  onSaved?(saved: R): void
}

export interface RecordForm<V extends object> {
  form: FormInstance<V>
  initial: V
  submit(): Promise<void>
  saving: boolean
  error: unknown
  /** problems that belong to no field in sight */
  loose: string[]
  conflict: { mend(): Promise<void> } | undefined
  clashes: Rebased<V>['clashes'] | undefined
  isDirty(): boolean
}

/**
 * Editing one record: checked with the schema of the API, sent as changes, and never losing what was
 * typed when somebody else saved in between.
 */
export function useRecordForm<R, V extends object>(options: Options<R, V>): RecordForm<V> {
  const [form] = Form.useForm<V>()
  const t = useT('records')
  const queries = useQueryClient()
  const [base, setBase] = useState(() => ({
    record: options.record,
    values: options.toValues(options.record),
  }))
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>()
  const [loose, setLoose] = useState<string[]>([])
  const [clashes, setClashes] = useState<Rebased<V>['clashes']>()

  const mine = useCallback(
    (): V => ({ ...base.values, ...form.getFieldsValue(true) }),
    [base, form],
  )

  const submit = async () => {
    const body = options.toBody
      ? options.toBody(mine(), base.record)
      : base.record === undefined
        ? mine()
        : { ...changesOf(base.values, mine()), version: versionOf(base.record) }
    const checked = options.schema.safeParse(body)
    if (!checked.success) {
      setLoose(placeIssues(form, fieldIssues(checked.error.issues, t)))
      return
    }
    setLoose([])
    setError(undefined)
    setSaving(true)
    try {
      const saved = await options.send(checked.data, base.record)
      await Promise.all(
        options.touches.map((path) => queries.invalidateQueries({ queryKey: [keyOf(path)] })),
      )
      setClashes(undefined)
      const values = options.toValues(saved)
      setBase({ record: saved, values })
      form.setFieldsValue(values as Parameters<typeof form.setFieldsValue>[0])
      options.onSaved?.(saved)
    } catch (refused) {
      const issues = refusedFields(refused, t)
      if (issues.length > 0) setLoose(placeIssues(form, issues))
      else setError(refused)
    } finally {
      setSaving(false)
    }
  }

  const { record } = base
  const { reload } = options
  const isConflict = error instanceof ApiError && error.code === 'CONFLICT'
  const mend = async (stale: R, again: (stale: R) => Promise<R>) => {
    try {
      const fresh = await again(stale)
      const rebased = rebase(base.values, mine(), options.toValues(fresh))
      form.setFieldsValue(rebased.values as Parameters<typeof form.setFieldsValue>[0])
      setBase({ record: fresh, values: options.toValues(fresh) })
      setClashes(rebased.clashes)
      setError(undefined)
    } catch (failed) {
      setError(failed)
    }
  }

  return {
    form,
    initial: base.values,
    submit,
    saving,
    error,
    loose,
    clashes,
    conflict:
      isConflict && record !== undefined && reload
        ? { mend: () => mend(record, reload) }
        : undefined,
    isDirty: () => Object.keys(changesOf(base.values, mine())).length > 0,
  }
}

const versionOf = (record: unknown): unknown =>
  typeof record === 'object' && record !== null && 'version' in record ? record.version : undefined
