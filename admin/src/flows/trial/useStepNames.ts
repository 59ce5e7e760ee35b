import { useMemo } from 'react'
import { blockName } from '../../../../bots/flow/block-names.ts'
import { useLang } from '../../i18n/index.ts'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { useOthers } from './useOthers.ts'

interface Place {
  flow?: string | undefined
  block: string
}

/** What to call a block a trial came by, in this flow or in one it calls: `主菜单`, `留言 › 您的电话`. */
export function useStepNames(): (place: Place) => string {
  const { doc, flowId } = useFlowEditor()
  const side = useLang() === 'en' ? 'en' : 'zh'
  const { data: others } = useOthers(flowId, doc, 'drafts')
  return useMemo(() => {
    return ({ flow = flowId, block }) => {
      if (flow === flowId) return blockName(doc['blocks'], block, side)
      const called = others?.find(({ id }) => id === flow)
      return `${asString(called?.name) ?? flow} › ${blockName(called?.blocks, block, side)}`
    }
  }, [doc, flowId, others, side])
}
