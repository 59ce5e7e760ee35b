import type { TFunction } from 'i18next'
import { createContext, useContext } from 'react'
import type { Lang } from '../../i18n/dictionary.ts'
import type { Format } from '../../i18n/useFormat.ts'
import type { Kinds } from './useKinds.ts'

/**
 * What everything drawn on the canvas shares. It changes with the console's language alone: asked for once, not by
 * every one of a thousand exits.
 */
export interface CanvasContent {
  t: TFunction
  lang: Lang
  kinds: Kinds
  format: Format
  unfold(block: string): void
  /** chooses a block and brings it into view */
  goTo(block: string): void
  /** asks for a kind of block to be put into the exit; at a point of the screen */
  insertInto(exit: { from: string; port: string }, at: { x: number; y: number }): void
  disconnect(exit: { from: string; port: string }): void
  writeComment(id: string, text: string): void
  removeComment(id: string): void
  renameGroup(id: string, title: string): void
  removeGroup(id: string): void
}

export const CanvasContext = createContext<CanvasContent | undefined>(undefined)

/** @throws outside of a canvas: that is a mistake in the code */
export function useCanvas(): CanvasContent {
  const content = useContext(CanvasContext)
  if (!content) throw new Error('useCanvas needs a Canvas around it')
  return content
}
