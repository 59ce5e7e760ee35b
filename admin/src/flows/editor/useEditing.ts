import { App } from 'antd'
import { useCallback, useMemo } from 'react'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { useT } from '../../i18n/index.ts'
import { CARD_WIDTH } from '../canvas/card.ts'
import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { addBehind, addBlock, insertInto } from '../document/add.ts'
import type { Added } from '../document/add.ts'
import { align, distribute } from '../document/align.ts'
import type { Alignment } from '../document/align.ts'
import { blockOf } from '../document/blocks.ts'
import { copied, readClip } from '../document/clip.ts'
import { freePlace } from '../document/fill-places.ts'
import { addGroup } from '../document/groups.ts'
import { COLUMN_GAP, layout } from '../document/layout.ts'
import { duplicate, paste } from '../document/paste.ts'
import { keepPlaces, moveBlocks } from '../document/place.ts'
import type { Places, Point } from '../document/place.ts'
import { freePort } from '../document/ports.ts'
import { removeBlocks } from '../document/remove.ts'
import { useEditorView } from './editor-view.ts'
import { useFlowEditor } from './flow-editor.ts'
import { useSteady } from './useSteady.ts'

export interface NewPlace {
  at?: Point | undefined
  /** the exit that leads to it */
  exit?: { from: string; port: string } | undefined
  /** put between the exit and where it leads */
  between?: boolean | undefined
}

export interface Editing {
  /** @returns its id; it is chosen and brought into view */
  add(type: BlockType, place?: NewPlace): string
  /** behind this block: by its first exit that lacks a block, else in the middle of where it leads on */
  addBehind(id: string, type: BlockType): string
  /** behind the chosen block, by its first exit that lacks a block; else at the point */
  addNext(type: BlockType, orAt?: Point): string
  move(places: Places, merge?: string): void
  remove(): void
  duplicate(): void
  /** the chosen blocks as text for the clipboard */
  copied(): string | undefined
  /** @returns whether the text was ours */
  paste(text: string, at?: Point): boolean
  group(): void
  selectAll(): void
  align(to: Alignment): void
  distribute(along: 'x' | 'y'): void
  /** places all blocks anew */
  tidy(): void
}

/** What one does to a flow, the same from canvas, outline and keyboard. Each is one step back. Always the same object. */
export function useEditing(): Editing {
  const t = useT('flows/editor')
  const { message } = App.useApp()
  const { doc, change, selection, select } = useFlowEditor()
  const { places, sizeOf, looks } = useEditorView()

  /** Once somebody places blocks, all of them stay where they are seen. */
  const draw = useCallback(
    (edit: (doc: Doc) => Doc, merge?: string) => change((now) => edit(keepPlaces(now, places)), merge), // prettier-ignore
    [change, places],
  )

  const editing = useMemo((): Editing => {
    const behind = (id: string): Point => {
      const { x, y } = places.get(id) ?? { x: 0, y: 0 }
      const wish = { x: x + CARD_WIDTH + COLUMN_GAP, y }
      return freePlace(wish, { width: CARD_WIDTH, height: 140 }, places, sizeOf)
    }
    const take = (added: Added) => {
      draw(() => added.doc)
      select([added.id], { bringIntoView: true })
      return added.id
    }
    const add: Editing['add'] = (type, { at, exit, between } = {}) => {
      const now = keepPlaces(doc, places)
      if (!exit) return take(addBlock(now, type, at))
      const place = at ?? behind(exit.from)
      return take((between ? insertInto : addBehind)(now, type, exit, place))
    }
    const boxes = (ids: readonly string[]) =>
      new Map(ids.flatMap((id) => (places.has(id) ? [[id, { ...places.get(id)!, ...sizeOf(id) }] as const] : []))) // prettier-ignore
    return {
      add,
      addBehind(id, type) {
        const block = blockOf(doc, id) ?? {}
        const port = freePort(block, looks.callees.get(String(block['flow'])))
        if (port !== undefined) return add(type, { exit: { from: id, port } })
        const out = Object.keys(asObject(block['out']))
        const on = out.find((one) => one === 'next') ?? out[0]
        return add(type, on === undefined ? { at: behind(id) } : { exit: { from: id, port: on }, between: true }) // prettier-ignore
      },
      addNext(type, orAt) {
        const last = selection.at(-1)
        const block = last === undefined ? undefined : blockOf(doc, last)
        const callee = looks.callees.get(String(block?.['flow']))
        const port = block && freePort(block, callee)
        if (last !== undefined && port !== undefined) return add(type, { exit: { from: last, port } }) // prettier-ignore
        if (last !== undefined) return add(type, { at: behind(last) })
        const size = { width: CARD_WIDTH, height: 140 }
        return add(type, { at: orAt && freePlace(orAt, size, places, sizeOf) })
      },
      move: (moved, merge) => draw((now) => moveBlocks(now, moved), merge),
      remove() {
        if (selection.length === 0) return
        change((now) => removeBlocks(now, selection))
        select([])
      },
      duplicate() {
        if (selection.length === 0) return
        const copy = duplicate(keepPlaces(doc, places), selection)
        draw(() => copy.doc)
        select(copy.ids)
      },
      copied: () => (selection.length > 0 ? copied(doc, selection, places) : undefined),
      paste(text, at) {
        const clip = readClip(text)
        if (clip === 'none') return false
        if (typeof clip === 'string') {
          void message.error(t(`paste.${clip}`))
          return true
        }
        const pasted = paste(keepPlaces(doc, places), clip, at)
        draw(() => pasted.doc)
        select(pasted.ids, { bringIntoView: true })
        return true
      },
      group() {
        if (selection.length > 0) draw((now) => addGroup(now, '', selection))
      },
      selectAll: () => select(Object.keys(asObject(doc['blocks']))),
      align: (to) => draw((now) => moveBlocks(now, align(boxes(selection), to))),
      distribute: (along) => draw((now) => moveBlocks(now, distribute(boxes(selection), along))),
      tidy: () => change((now) => moveBlocks(now, layout(now, sizeOf))),
    }
  }, [doc, change, draw, selection, select, places, sizeOf, looks, message, t])
  return useSteady(editing)
}
