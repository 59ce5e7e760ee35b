import { asList, asObject, asString, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { without } from './blocks.ts'

/** A frame around blocks. */
export interface Group {
  id: string
  title: string
  blocks: string[]
}

export function groupsOf(doc: Doc): Group[] {
  return listed(doc, 'groups').flatMap((each) => {
    const id = asString(each['id'])
    const blocks = asList(each['blocks']).flatMap((block) => asString(block) ?? [])
    return id === undefined ? [] : [{ id, title: asString(each['title']) ?? '', blocks }]
  })
}

/** A block stands in one frame at most. */
export function addGroup(doc: Doc, title: string, blocks: readonly string[]): Doc {
  const freed = withoutInGroups(doc, new Set(blocks))
  const id = freeUiId('g', groupsOf(freed))
  return withList(freed, 'groups', [...listed(freed, 'groups'), { id, title, blocks: [...blocks] }])
}

export const renameGroup = (doc: Doc, id: string, title: string): Doc =>
  editListed(doc, 'groups', id, (group) => ({ ...group, title }))

/** Takes the frame away; its blocks stay. */
export const removeGroup = (doc: Doc, id: string): Doc =>
  withList(doc, 'groups', listed(doc, 'groups').filter((each) => each['id'] !== id)) // prettier-ignore

/** Frames that lose their last block go. */
export function withoutInGroups(doc: Doc, gone: ReadonlySet<string>): Doc {
  const groups = listed(doc, 'groups')
  if (!groups.some((group) => asList(group['blocks']).some((id) => gone.has(String(id)))))
    return doc
  const left = groups.map((group) => ({
    ...group,
    blocks: asList(group['blocks']).filter((id) => !gone.has(String(id))),
  }))
  return withList(doc, 'groups', left.filter(({ blocks }) => blocks.length > 0)) // prettier-ignore
}

export const listed = (doc: Doc, list: 'groups' | 'comments'): Loose[] =>
  asList(asObject(doc['ui'])[list]).filter(isObject)

/** Lists and the whole of `ui` go when they are empty. */
export function withList(doc: Doc, list: 'groups' | 'comments', items: readonly Loose[]): Doc {
  const rest = without(asObject(doc['ui']), list)
  const ui = items.length > 0 ? { ...rest, [list]: items } : rest
  return Object.keys(ui).length > 0 ? { ...doc, ui } : without(doc, 'ui')
}

export function editListed(
  doc: Doc,
  list: 'groups' | 'comments',
  id: string,
  edit: (item: Loose) => Loose,
): Doc {
  return withList(
    doc,
    list,
    listed(doc, list).map((item) => (item['id'] === id ? edit(item) : item)),
  )
}

export function freeUiId(prefix: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id))
  for (let number = 1; ; number++) if (!ids.has(`${prefix}${number}`)) return `${prefix}${number}`
}
