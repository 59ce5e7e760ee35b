import { useContext, useMemo } from 'react'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { FormScopeContext } from './form-scope.ts'
import { useAnsweredPaths } from './references.ts'
import { variablesOf } from './variables.ts'
import type { Variable } from './variables.ts'

/** What may be named in this form. */
export function useVariables(): Variable[] {
  const { doc } = useFlowEditor()
  const { type } = useContext(FormScopeContext)
  const answered = useAnsweredPaths()
  return useMemo(() => variablesOf(doc, type, answered), [doc, type, answered])
}
