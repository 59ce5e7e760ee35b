import { useEffect } from 'react'
import type { RefObject } from 'react'
import type { Point } from '../document/place.ts'
import type { Draft } from '../useDraft.ts'
import { useEditorView } from './editor-view.ts'
import { useFlowEditor } from './flow-editor.ts'
import { isTyping } from './is-typing.ts'
import { keepClip } from './kept-clip.ts'
import type { Editing } from './useEditing.ts'

interface Options {
  frame: RefObject<HTMLElement | null>
  editing: Editing
  draft: Draft
  /** where pasted blocks are put; undefined: beside where they were */
  pasteAt(): Point | undefined
}

/** Undo, redo, copy, cut, paste, duplicate, all, search, save: on canvas and outline alike, but not while one writes. */
export function useEditorKeys({ frame, editing, draft, pasteAt }: Options): void {
  const { undo, redo, selection, doc } = useFlowEditor()
  const { readOnly } = useEditorView()
  useEffect(() => {
    const isOurs = (target: EventTarget | null) =>
      target === document.body || (target instanceof Node && frame.current?.contains(target) === true) // prettier-ignore
    const search = () => frame.current?.querySelector<HTMLElement>('.block-search input')?.focus()
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !isOurs(event.target)) return
      const key = event.key.toLowerCase()
      if (key === 's') void draft.save()
      else if (key === 'f') search()
      // a field has its own steps back
      else if (isTyping(event.target)) return
      else if (key === 'z') (event.shiftKey ? redo : undo)()
      else if (key === 'y') redo()
      else if (key === 'a') editing.selectAll()
      else if (key === 'd' && !readOnly) editing.duplicate()
      else if (key === 'g' && !readOnly) editing.group()
      else return
      event.preventDefault()
    }
    const onCopy = (event: ClipboardEvent) => {
      if (!isOurs(event.target) || isTyping(event.target) || !document.getSelection()?.isCollapsed) return // prettier-ignore
      const text = editing.copied()
      if (text === undefined) return
      event.clipboardData?.setData('text/plain', text)
      keepClip(text)
      event.preventDefault()
      if (event.type === 'cut' && !readOnly) editing.remove()
    }
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs(event.target) || isTyping(event.target) || readOnly) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      // copied from here: beside it; from elsewhere: where one looks
      const own = selection.length > 0 && text === editing.copied()
      if (editing.paste(text, own ? undefined : pasteAt())) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [frame, editing, draft, pasteAt, undo, redo, selection, doc, readOnly])
}
