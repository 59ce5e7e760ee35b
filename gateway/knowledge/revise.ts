/** What a change makes of an entry: which content is told to callers, and whether it needs approval first. */
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../errors.ts'
import type { Editor, EntryContent, StoredEntry } from './model.ts'

export type EntryFields = Omit<EntryContent, 'variants'> & {
  variants: Record<string, string[]>
  category: string
  source: string
}

/** null takes a date away; `approved` asks for approval or takes it back. */
export type EntryPatch = Partial<
  Omit<EntryFields, 'validFrom' | 'validUntil'> & {
    validFrom: string | null
    validUntil: string | null
    approved: boolean
  }
>

export type Revised = EntryFields &
  Pick<StoredEntry, 'approved' | 'live' | 'approval' | 'changedBy'> & {
    did: 'edit' | 'approve' | 'withdraw' | undefined
  }

const CONTENT = ['question', 'variants', 'answer', 'keywords', 'validFrom', 'validUntil'] as const

export function contentOf(entry: EntryContent): EntryContent {
  const content = { variants: {}, keywords: [], ...entry }
  return Object.fromEntries(
    CONTENT.filter((field) => content[field] !== undefined).map((field) => [field, content[field]]),
  ) as unknown as EntryContent
}

/** What callers are told while the entry is in use, if anything. */
export function liveOf(entry: StoredEntry): EntryContent | undefined {
  return entry.approved ? contentOf(entry) : entry.live
}

/**
 * Approval comes from somebody of another role than the one whose wording it is; somebody of the
 * same role says why in a note. An entry that was approved stays answered in its old wording until then.
 */
export function revise(
  before: StoredEntry | undefined,
  patch: EntryPatch,
  by: Editor,
  at: Date,
  note: string | undefined,
): Revised {
  const { approved: wanted, category, source, ...content } = patch
  const old = before && contentOf(before)
  const given = Object.entries(content).filter(([, value]) => value !== undefined)
  const next = contentOf(
    withoutNulls({
      question: {},
      answer: {},
      ...old,
      ...Object.fromEntries(given),
    }) as EntryContent,
  )
  const reworded = !old || !isDeepStrictEqual(old, next)
  const author = reworded ? by : before?.changedBy
  const live = before && liveOf(before)
  const fields = {
    ...(next as EntryFields),
    category: category ?? before?.category ?? '',
    source: source ?? before?.source ?? '',
    ...(author && { changedBy: author }),
  }
  if (wanted === false && live)
    return { ...fields, approved: false, did: before?.approved && reworded ? 'edit' : 'withdraw' }
  if (live && isDeepStrictEqual(live, next))
    return {
      ...fields,
      approved: true,
      ...(before.approval && { approval: before.approval }),
      did: 'edit',
    }
  if (wanted) {
    if (author && author.role === by.role && !note?.trim()) fail('APPROVAL_NEEDS_NOTE')
    return {
      ...fields,
      approved: true,
      approval: { by, at, ...(note?.trim() && { note: note.trim() }) },
      did: 'approve',
    }
  }
  return { ...fields, approved: false, ...(live && { live }), did: 'edit' }
}

function withoutNulls(content: object): object {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null))
}
