import { asString } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { editListed, freeUiId, listed, withList } from './groups.ts'
import type { Point } from './place.ts'

/** A note on the canvas, to colleagues. */
export type Comment = Point & { id: string; text: string }

export function commentsOf(doc: Doc): Comment[] {
  return listed(doc, 'comments').flatMap((each) => {
    const id = asString(each['id'])
    const { x, y } = each
    return id === undefined || typeof x !== 'number' || typeof y !== 'number'
      ? []
      : [{ id, x, y, text: asString(each['text']) ?? '' }]
  })
}

export function addComment(doc: Doc, at: Point, text: string): { doc: Doc; id: string } {
  const id = freeUiId('c', commentsOf(doc))
  const comment = { id, x: Math.round(at.x), y: Math.round(at.y), text }
  return { doc: withList(doc, 'comments', [...listed(doc, 'comments'), comment]), id }
}

export const editComment = (doc: Doc, id: string, change: Partial<Omit<Comment, 'id'>>): Doc =>
  editListed(doc, 'comments', id, (comment) => ({ ...comment, ...change }))

export const removeComments = (doc: Doc, ids: ReadonlySet<string>): Doc =>
  listed(doc, 'comments').some((each) => ids.has(String(each['id'])))
    ? withList(doc, 'comments', listed(doc, 'comments').filter((each) => !ids.has(String(each['id'])))) // prettier-ignore
    : doc
