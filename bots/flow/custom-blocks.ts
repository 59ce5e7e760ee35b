/**
 * Kinds of blocks that an installation added as files (docs/extending.md), as their authors describe them. They are
 * the same for every flow and every conversation and are known before the first flow is read, so they stand here as
 * the built-in ones stand in registry.ts: the editor fills this in from the server, the server from its folder.
 */
import type { BlockDescription } from './description.ts'

export interface CustomKind {
  /** what a block names in `block` */
  id: string
  /** paths of its fields lie below `settings` */
  description: BlockDescription
  /** it only looks things up: run in trials too */
  harmless?: boolean
}

let kinds: ReadonlyMap<string, CustomKind> = new Map()

/** Replaces all that were known. */
export function setCustomKinds(all: readonly CustomKind[]): void {
  kinds = new Map(all.map((kind) => [kind.id, kind]))
}

export const customKinds = (): CustomKind[] => [...kinds.values()]

/** The exit an author names first is how it goes when all goes well. */
export const firstExit = (id: string): string =>
  Object.keys(customKind(id)?.description.exits ?? {})[0] ?? 'next'

export const customKind = (id: string): CustomKind | undefined => kinds.get(id)
