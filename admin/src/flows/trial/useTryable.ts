import { useMemo } from 'react'
import { useSettled } from '../../records/useSettled.ts'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { tryable } from './tryable.ts'

const DEFAULT_TIMEZONE = 'Asia/Shanghai'

/** The draft as typed, as far as it can be tried, once typing pauses. */
export function useTryable() {
  const { doc: draft } = useFlowEditor()
  const settled = useSettled(draft, 300)
  return useMemo(
    () => ({
      ...tryable(settled),
      draft: settled,
      timezone: asString(settled['timezone']) ?? DEFAULT_TIMEZONE,
    }),
    [settled],
  )
}
