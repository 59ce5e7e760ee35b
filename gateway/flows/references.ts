/** What a document names by id outside itself, and the same document with other names in their place. Pure. */
import type { Block, FlowDoc } from '../../bots/flow/schema.ts'

export const referenceKinds = [
  'queue',
  'skill',
  'schedule',
  'source',
  'knowledgeBase',
  'classifier',
  'ticketKind',
  'dialog',
  'mailbox',
  'flow',
] as const
export type ReferenceKind = (typeof referenceKinds)[number]

export interface Reference {
  kind: ReferenceKind
  id: string
  /** absent: the document itself (its fallback queue) */
  block?: string
}

/** kind → id → the id to be put in its place */
export type ReferenceMap = Partial<Record<ReferenceKind, Record<string, string>>>

/** Properties of blocks that hold an id, or a list of them. */
const named: Partial<Record<Block['type'], Record<string, ReferenceKind>>> = {
  queue: { queue: 'queue', skills: 'skill' },
  callback: { queue: 'queue', skills: 'skill' },
  hours: { schedule: 'schedule' },
  query: { source: 'source' },
  faq: { knowledgeBase: 'knowledgeBase' },
  intent: { classifier: 'classifier' },
  ticket: { kind: 'ticketKind' },
  dialog: { dialog: 'dialog' },
  voicemail: { mailbox: 'mailbox' },
  subflow: { flow: 'flow' },
  goto: { flow: 'flow' },
}

export function referencesOf(doc: FlowDoc): Reference[] {
  const found: Reference[] = []
  for (const [block, content] of Object.entries(doc.blocks)) {
    for (const [property, kind] of Object.entries(named[content.type] ?? {})) {
      const value: unknown = (content as Record<string, unknown>)[property]
      for (const id of [value].flat()) if (typeof id === 'string') found.push({ kind, id, block })
    }
  }
  if (doc.fallbackQueue !== undefined) found.push({ kind: 'queue', id: doc.fallbackQueue })
  return found
}

/** Recordings by id, of every prompt, wherever it stands in the document. */
export function recordingsOf(doc: FlowDoc): string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { audio } = value as { audio?: unknown }
    if (typeof audio === 'object' && audio !== null && 'mediaId' in audio)
      found.add(String(audio.mediaId))
    for (const inner of Object.values(value)) look(inner)
  }
  look(doc)
  return [...found].sort()
}

export function withReferences(doc: FlowDoc, map: ReferenceMap): FlowDoc {
  const other = (kind: ReferenceKind, id: unknown): unknown =>
    typeof id === 'string' ? (map[kind]?.[id] ?? id) : id
  const blocks = Object.entries(doc.blocks).map(([id, content]) => {
    const changed: Record<string, unknown> = { ...content }
    for (const [property, kind] of Object.entries(named[content.type] ?? {})) {
      const value = changed[property]
      if (value === undefined) continue
      changed[property] = Array.isArray(value)
        ? value.map((each) => other(kind, each))
        : other(kind, value)
    }
    return [id, changed as Block] as const
  })
  return {
    ...doc,
    ...(doc.fallbackQueue !== undefined && {
      fallbackQueue: String(other('queue', doc.fallbackQueue)),
    }),
    blocks: Object.fromEntries(blocks),
  }
}
