import { useMemo } from 'react'
import { blockName } from '../../../bots/flow/block-names.ts'
import { useLang } from '../i18n/index.ts'
import { useFlowEditor } from './editor/flow-editor.ts'

/** What to call a block of the flow at hand; its id is for documents and tooltips. */
export function useNames(): (id: string) => string {
  const { doc } = useFlowEditor()
  const side = useLang() === 'en' ? 'en' : 'zh'
  const blocks = doc['blocks']
  return useMemo(() => (id: string) => blockName(blocks, id, side), [blocks, side])
}
