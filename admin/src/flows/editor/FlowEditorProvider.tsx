import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useLang } from '../../i18n/index.ts'
import { useRoute } from '../../router.tsx'
import { cardOf } from '../canvas/card.ts'
import { blockOf } from '../document/blocks.ts'
import { langsOf } from '../document/new-block.ts'
import type { Draft } from '../useDraft.ts'
import { EditorViewContext } from './editor-view.ts'
import type { EditorView } from './editor-view.ts'
import { FlowEditorContext } from './flow-editor.ts'
import type { FlowEditor, FlowProblem, Overlay } from './flow-editor.ts'
import { PlaceMemory } from './place-memory.ts'
import { saveState } from './save-state.ts'
import { useCallees } from './useCallees.ts'

interface Props {
  flowId: string
  draft: Draft
  problems: readonly FlowProblem[]
  children: ReactNode
}

/** One document, one history, one selection for all parts of the editor. */
export function FlowEditorProvider({ flowId, draft, problems, children }: Props) {
  const [chosen, choose] = useState<readonly string[]>([])
  const [reveal, setReveal] = useState<EditorView['reveal']>()
  const [overlay, showOverlay] = useState<Overlay>()
  const [formAsked, askForm] = useState<object>()
  const [wished, setLang] = useState<string>()
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const [memory] = useState(() => new PlaceMemory())
  const consoleLang = useLang()
  const { lastDoc: doc, change, undo, redo, canUndo, canRedo, part } = draft
  const callees = useCallees(doc)
  const langs = useMemo(() => langsOf(doc), [doc])
  const lang = [wished, consoleLang].find((one) => one !== undefined && langs.includes(one)) ?? langs[0]! // prettier-ignore
  const looks = useMemo(() => ({ lang, callees, unfolded }), [lang, callees, unfolded])
  const sizeOf = useCallback(
    (id: string) => cardOf(id, blockOf(doc, id) ?? {}, looks).size,
    [doc, looks],
  )
  const places = useMemo(() => memory.placesOf(doc, sizeOf), [memory, doc, sizeOf])
  // a link to a block, from a prompt's list of places: chosen and shown as soon as it is there
  const asked = useRoute().query.get('block')
  const [followed, follow] = useState<string | null>(null)
  if (asked !== followed) {
    follow(asked)
    if (asked !== null && blockOf(doc, asked)) {
      choose([asked])
      setReveal({ blocks: [asked] })
    }
  }
  // what was removed, here or by somebody else, is chosen no longer
  const selection = useMemo(
    () => (chosen.every((id) => blockOf(doc, id)) ? chosen : chosen.filter((id) => blockOf(doc, id))), // prettier-ignore
    [chosen, doc],
  )
  const select = useCallback(
    (blocks: readonly string[], options?: { bringIntoView?: boolean }) => {
      part()
      choose(blocks)
      if (options?.bringIntoView) setReveal({ blocks })
    },
    [part],
  )
  const openForm = useCallback(() => askForm({}), [])
  const unfold = useCallback(
    (block: string) =>
      setUnfolded((now) => (now.has(block) ? new Set([...now].filter((id) => id !== block)) : new Set([...now, block]))), // prettier-ignore
    [],
  )
  const editor = useMemo(
    (): FlowEditor => ({ flowId, doc, problems, selection, select, change, undo, redo, canUndo, canRedo, overlay, showOverlay }), // prettier-ignore
    [flowId, doc, problems, selection, select, change, undo, redo, canUndo, canRedo, overlay],
  )
  const readOnly = draft.doc === undefined
  const saved = saveState(draft)
  const view = useMemo(
    (): EditorView => ({ looks, langs, setLang, unfold, places, sizeOf, reveal, readOnly, saved, openForm, formAsked }), // prettier-ignore
    [looks, langs, unfold, places, sizeOf, reveal, readOnly, saved, openForm, formAsked],
  )
  return (
    <FlowEditorContext value={editor}>
      <EditorViewContext value={view}>{children}</EditorViewContext>
    </FlowEditorContext>
  )
}
