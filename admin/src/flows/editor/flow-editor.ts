/** What every part of the editor works on: one document, one history, one selection. */
import { createContext, useContext } from 'react'
import type { z } from 'zod'
import type { flowProblemView } from '../../../../gateway/flows/schema.ts'
import type { Doc } from '../doc.ts'

export type FlowProblem = z.infer<typeof flowProblemView>

/** Drawn over the canvas: the way a trial took, or what reports tell of each block. */
export type Overlay =
  | { kind: 'path'; blocks: ReadonlySet<string>; exits: ReadonlySet<string>; at?: string }
  | { kind: 'measures'; blocks: ReadonlyMap<string, BlockFigures> }

/** What happened at a block in the period looked at. Exits are counted by port. */
export interface BlockFigures {
  entered: number
  exits: Record<string, number>
  /** hung up, left or fell silent there */
  gaveUp: number
  askedForPerson: number
  noMatch: number
  noInput: number
}

export interface FlowEditor {
  flowId: string
  /** may be half written: read it with doc.ts, never trust the schema */
  doc: Doc
  problems: readonly FlowProblem[]
  /** ids of the chosen blocks, the one chosen last at the end */
  selection: readonly string[]
  select(blocks: readonly string[], options?: { bringIntoView?: boolean }): void
  /**
   * One step that can be undone. Steps with the same `merge` key that follow each other (typing into one field)
   * are one step.
   */
  change(edit: (doc: Doc) => Doc, merge?: string): void
  undo(): void
  redo(): void
  canUndo: boolean
  canRedo: boolean
  overlay: Overlay | undefined
  showOverlay(overlay: Overlay | undefined): void
}

export const FlowEditorContext = createContext<FlowEditor | undefined>(undefined)

/** @throws outside of an editor: that is a mistake in the code */
export function useFlowEditor(): FlowEditor {
  const editor = useContext(FlowEditorContext)
  if (!editor) throw new Error('useFlowEditor needs a FlowEditorContext around it')
  return editor
}
