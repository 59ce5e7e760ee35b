/**
 * Blocks on the clipboard, as JSON with a mark of its own, so that they can be pasted into another flow or another
 * window. What comes back may have been written by anybody and is checked like any other document from outside.
 */
import { z } from 'zod'
import { blockSchema } from '../../../../bots/flow/schema.ts'
import { blockIdSchema, varDeclSchema } from '../../../../bots/flow/parts.ts'
import { asList, asObject, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { blockOf, without } from './blocks.ts'
import { placeOf } from './place.ts'
import type { Places } from './place.ts'
import { isKind } from './ports.ts'

const MARK = 'yilu/blocks@1'
/** A flow of 300 blocks in two languages has 300 kB. */
const MAX_LENGTH = 2_000_000
const MAX_BLOCKS = 1000
const MAX_VARS = 200

export interface Clip {
  blocks: Record<string, Loose>
  /** declarations of the variables these blocks name */
  vars: Loose[]
}

/** The blocks as text for the clipboard; exits that lead elsewhere are cut. `seen`: where blocks without a place of their own are shown. */
export function copied(doc: Doc, ids: readonly string[], seen?: Places): string {
  const chosen = ids.filter((id) => blockOf(doc, id))
  const blocks = Object.fromEntries(
    chosen.map((id) => {
      const block = blockOf(doc, id)!
      const out = Object.entries(asObject(block['out'])).filter(([, to]) => chosen.includes(String(to))) // prettier-ignore
      const at = placeOf(block) ?? seen?.get(id)
      return [
        id,
        {
          ...block,
          out: Object.fromEntries(out),
          ...(at && { ui: { ...asObject(block['ui']), ...at } }),
        },
      ]
    }),
  )
  const text = JSON.stringify(blocks)
  const vars = asList(doc['vars']).filter(
    (each) => isObject(each) && new RegExp(`\\b${String(each['name']).replace(/\W/g, '')}\\b`).test(text), // prettier-ignore
  )
  return JSON.stringify({ clip: MARK, blocks, vars })
}

const clipSchema = z.object({
  clip: z.literal(MARK),
  blocks: z.record(blockIdSchema, z.record(z.string(), z.unknown())),
  vars: z.array(varDeclSchema).max(MAX_VARS).default([]),
})

export type ClipFault = 'none' | 'large' | 'broken'

/** What the clipboard holds. `none`: nothing of ours; `large`, `broken`: ours by its mark, but not to be taken. */
export function readClip(text: string): Clip | ClipFault {
  if (!text.includes(`"${MARK}"`)) return 'none'
  if (text.length > MAX_LENGTH) return 'large'
  const parsed = clipSchema.safeParse(parse(text))
  if (!parsed.success) return 'broken'
  const { blocks, vars } = parsed.data
  const ids = Object.keys(blocks)
  if (ids.length > MAX_BLOCKS) return 'large'
  if (ids.length === 0 || !Object.values(blocks).every(isSound)) return 'broken'
  return { blocks: Object.fromEntries(ids.map((id) => [id, ownExits(blocks[id]!, ids)])), vars }
}

/** As a draft may be: things may be missing or empty, but nothing too long, unknown or of another type. */
function isSound(block: Loose): boolean {
  if (!isKind(block['type'])) return false
  const { success, error } = blockSchema.safeParse(block)
  if (success) return true
  return error.issues.every((issue) => {
    if (issue.code === 'too_small') return true
    const missing = issue.path.reduce<unknown>((value, key) => asObject(value)[String(key)], block) === undefined // prettier-ignore
    return missing && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code)
  })
}

const ownExits = (block: Loose, ids: readonly string[]): Loose => ({
  ...without(block, 'out'),
  out: Object.fromEntries(
    Object.entries(asObject(block['out'])).filter(([, to]) => ids.includes(String(to))),
  ),
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
