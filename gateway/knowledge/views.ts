import type { StoredEntry, EntryChange } from './model.ts'
import type { ChangeView, KnowledgeView } from './schema.ts'

export function entryView(stored: StoredEntry): KnowledgeView {
  const {
    _id,
    live,
    approval,
    updatedAt,
    history: _history,
    removedAt: _removed,
    ...entry
  } = stored
  const { variants, keywords, changedBy, ...rest } = entry
  return {
    id: _id,
    ...rest,
    variants: variants ?? {},
    keywords: keywords ?? [],
    ...(live && { live: { question: live.question, answer: live.answer } }),
    ...(approval && {
      approval: {
        by: approval.by,
        atMs: approval.at.getTime(),
        ...(approval.note && { note: approval.note }),
      },
    }),
    ...(changedBy && { changedBy }),
    updatedAtMs: updatedAt.getTime(),
  }
}

export const changeViewOf = ({ at, before, ...change }: EntryChange): ChangeView => ({
  ...change,
  atMs: at.getTime(),
  ...(before && {
    before: { ...before, variants: before.variants ?? {}, keywords: before.keywords ?? [] },
  }),
})
