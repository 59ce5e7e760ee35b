import { useState } from 'react'
import { useLang } from '../../i18n/index.ts'
import { langsOf } from '../document/new-block.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { isoAt } from './clock.ts'
import { useKept } from './kept.ts'
import type { Kept } from './kept.ts'
import { newSetup } from './setup.ts'
import type { OthersAs } from './useOthers.ts'
import { useOthers } from './useOthers.ts'
import { useTryable } from './useTryable.ts'
import { useWorld } from './useWorld.ts'

/** What every part of a trial needs: the document, the flows it leads to, the world, and what was done so far. */
export function useTrial() {
  const { flowId } = useFlowEditor()
  const lang = useLang()
  const [as, setAs] = useState<OthersAs>('drafts')
  const draft = useTryable()
  const others = useOthers(flowId, draft.draft, as)
  const world = useWorld()
  const fresh = (): Kept => {
    const langs = langsOf(draft.draft)
    const first = langs.includes(lang) ? [lang, ...langs] : langs
    return { setup: newSetup(first, isoAt(Date.now(), draft.timezone)), inputs: [] }
  }
  const [kept, change] = useKept(flowId, () => fresh().setup)
  return { ...draft, flowId, others, as, setAs, world, kept, change, fresh }
}
