/** A flow and the flows it calls as one file, `<id>.yilu-flow.json`. Pure; whatever is read may be forged. */
import { z } from 'zod'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import { sha256 } from '../../bots/flow/sha256.ts'
import { canonicalJson } from '../../bots/flow/versions.ts'
import { fail } from '../errors.ts'
import { flowIdSchema } from '../domain/flow-id.ts'

/** Requests hold 1 MB; 300 blocks in two languages are 200 KB. */
export const MAX_FILE_CHARS = 900_000
/** conditions are what nests deepest: the sample has 9 levels */
const MAX_DEPTH = 60
const MAX_FLOWS = 50
/** names that mean something to the language itself, and nothing to a flow */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

const recordingSchema = z.strictObject({
  id: z.string().min(1).max(100),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const fileSchema = z.strictObject({
  format: z.literal('yilu-flow'),
  v: z.literal(1),
  exportedAt: z.string().max(40).optional(),
  /** the one that was exported; the others are called by it */
  flow: flowIdSchema,
  flows: z.array(z.unknown()).min(1).max(MAX_FLOWS),
  recordings: z.array(recordingSchema).max(5000),
  hash: z.string(),
})

export interface FlowFile {
  format: 'yilu-flow'
  v: 1
  exportedAt?: string | undefined
  flow: string
  flows: FlowDoc[]
  recordings: { id: string; sha256: string }[]
  /** SHA-256 of the canonical JSON of the three above: tells damage and hurried edits, proves no origin */
  hash: string
}

export type BadFile =
  | 'tooLarge'
  | 'notJson'
  | 'tooDeep'
  | 'forbiddenName'
  | 'notAFlowFile'
  | 'newer'
  | 'hash'
  | 'flowTwice'
  | 'flowMissing'
  | 'schema'

const hashOf = (file: { flow: string; flows: unknown[]; recordings: unknown[] }): string =>
  sha256(canonicalJson({ flow: file.flow, flows: file.flows, recordings: file.recordings }))

export function makeFlowFile(content: Omit<FlowFile, 'format' | 'v' | 'hash'>): FlowFile {
  return { format: 'yilu-flow', v: 1, ...content, hash: hashOf(content) }
}

/** @throws FLOW_FILE_BAD with `why` (BadFile) and, for `schema`, the flow and where in it */
export function readFlowFile(text: string): FlowFile {
  const bad = (why: BadFile, more: object = {}): never => fail('FLOW_FILE_BAD', { why, ...more })
  if (text.length > MAX_FILE_CHARS) bad('tooLarge', { mostChars: MAX_FILE_CHARS })
  // before parsing: a parser that calls itself is what a file of brackets is aimed at
  if (depthOf(text) > MAX_DEPTH) bad('tooDeep', { most: MAX_DEPTH })
  const raw = parsed(text, bad)
  const { format, v } = Object(raw) as { format?: unknown; v?: unknown }
  if (format === 'yilu-flow' && typeof v === 'number' && v > 1) bad('newer')
  const shell = fileSchema.safeParse(raw)
  if (!shell.success) return bad('notAFlowFile')
  const { data } = shell
  if (hashOf(data) !== data.hash) bad('hash')
  const flows = data.flows.map((flow, at): FlowDoc => {
    const read = flowDocSchema.safeParse(flow)
    if (read.success && flowIdSchema.safeParse(read.data.id).success) return read.data
    const issue = read.error?.issues[0]
    return bad('schema', {
      flow: String(Object(flow).id ?? at + 1).slice(0, 100),
      where: issue?.path.map(String).join('.') ?? 'id',
      ...(issue && { message: issue.message }),
    })
  })
  const ids = flows.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) bad('flowTwice')
  if (!ids.includes(data.flow)) bad('flowMissing')
  return { ...data, flows }
}

function parsed(text: string, bad: (why: BadFile, more?: object) => never): unknown {
  let forbidden: string | undefined
  let raw: unknown
  try {
    raw = JSON.parse(text, (key, value: unknown) => {
      if (FORBIDDEN.has(key)) forbidden = key
      return value
    })
  } catch {
    bad('notJson')
  }
  if (forbidden !== undefined) bad('forbiddenName', { name: forbidden })
  return raw
}

/** How deep brackets stand within each other, those in strings left out. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return deepest
}
