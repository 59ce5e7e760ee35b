import type { FlowDoc } from './schema.ts'
import { sha256 } from './sha256.ts'

/**
 * The part of a document that a version freezes: all that can change what a person hears. Where
 * blocks were drawn and notes to colleagues are left out, so tidying the canvas makes no version.
 */
export function versioned(doc: FlowDoc): unknown {
  const { blocks, vars, params, ui: _canvas, ...rest } = doc
  const plain = ({ note: _note, ...decl }: NonNullable<FlowDoc['vars']>[number]) => decl
  return {
    ...rest,
    vars: vars?.map(plain),
    params: params?.map(plain),
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([id, { ui: _ui, label: _label, ...block }]) => [id, block]),
    ),
  }
}

/** Identifies a version by its content: 64 hex digits, the same wherever it is computed. */
export function flowHash(doc: FlowDoc): string {
  return sha256(canonicalJson(versioned(doc)))
}

export const sameVersion = (a: FlowDoc, b: FlowDoc): boolean => flowHash(a) === flowHash(b)

/** Ties a recording to the text that was read (`audio.ofText`). */
export function textHash(text: string): string {
  return sha256(text.normalize('NFC').trim()).slice(0, 10)
}

/** JSON with sorted keys and without what is undefined: equal content, equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

export interface BlockChanges {
  added: string[]
  removed: string[]
  changed: string[]
}

/** What differs between two documents, block by block, for the list shown before publishing. */
export function changedBlocks(before: FlowDoc, after: FlowDoc): BlockChanges {
  const old = (versioned(before) as FlowDoc).blocks
  const now = (versioned(after) as FlowDoc).blocks
  return {
    added: Object.keys(now).filter((id) => !Object.hasOwn(old, id)),
    removed: Object.keys(old).filter((id) => !Object.hasOwn(now, id)),
    changed: Object.keys(now).filter(
      (id) => Object.hasOwn(old, id) && canonicalJson(old[id]) !== canonicalJson(now[id]),
    ),
  }
}

/**
 * May a conversation standing on a block be moved to another version without noticing? Only if the
 * block is still there and of the same kind; otherwise the engine starts again with an apology.
 */
export function canMigrate(from: FlowDoc, to: FlowDoc, block: string): boolean {
  const [old, now] = [from.blocks[block], to.blocks[block]]
  return old !== undefined && now !== undefined && old.type === now.type
}
