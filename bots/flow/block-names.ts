import { describeKind, kindOf } from './describe.ts'

export type NameLang = 'zh' | 'en'
type Named = { type?: unknown; block?: unknown; label?: unknown }

const known = new WeakMap<object, Partial<Record<NameLang, ReadonlyMap<string, string>>>>()

/**
 * What people call each block of a flow: its label, else what kind it is, numbered where several of a kind have no
 * label (`菜单`, `菜单 2`). The one place that decides it, for canvas, outline, problems, figures, trails, differences; a
 * block's id is for documents.
 * @param blocks of a document, however half written
 */
export function blockNames(blocks: unknown, lang: NameLang): ReadonlyMap<string, string> {
  if (typeof blocks !== 'object' || blocks === null) return new Map()
  let kept = known.get(blocks)
  if (!kept) known.set(blocks, (kept = {}))
  return (kept[lang] ??= name(blocks, lang))
}

function name(blocks: object, lang: NameLang): Map<string, string> {
  const counts = new Map<string, number>()
  return new Map(
    Object.entries(blocks).map(([id, value]: [string, unknown]) => {
      const block: Named = typeof value === 'object' && value !== null ? value : {}
      if (typeof block.label === 'string' && block.label.trim() !== '') return [id, block.label]
      const kind = kindOf(block)
      const called = describeKind(kind)?.name[lang] ?? kind
      if (called === undefined) return [id, id]
      const count = (counts.get(called) ?? 0) + 1
      counts.set(called, count)
      return [id, count === 1 ? called : `${called} ${count}`]
    }),
  )
}

/** One block's name; the id of a block that is not there. */
export const blockName = (blocks: unknown, id: string, lang: NameLang): string =>
  blockNames(blocks, lang).get(id) ?? id
