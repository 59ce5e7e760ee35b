import { z } from 'zod'
import {
  baseFields,
  outSchema,
  pathSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { newFrame } from '../frame.ts'
import { UNCHOSEN } from '../description.ts'
import { exitNames } from './described-fields.ts'

/** Flows within flows: enough for any real tree, small enough to keep the state small. */
const MAX_DEPTH = 10

/** Calls another flow and comes back. Exits: next, error, and any `exit` named by its end blocks. */
export const subflowSchema = z.object({
  type: z.literal('subflow'),
  ...baseFields,
  flow: refSchema,
  /** default: the version that is live when the block is entered */
  version: z.union([z.number().int().min(1), z.literal('live')]).optional(),
  /** variable of the called flow → value */
  args: z.record(varNameSchema, valueSchema).optional(),
  /** variable of this flow → path in the called flow */
  results: z.record(varNameSchema, pathSchema).optional(),
  out: outSchema,
})

export const subflowBlock = defineBlock({
  type: 'subflow',
  schema: subflowSchema,
  description: {
    name: { zh: '子流程', en: 'Sub-flow' },
    help: {
      zh: '进入另一个流程,走完再回来。',
      en: 'Calls another flow and comes back.',
    },
    group: 'flow',
    initial: { flow: UNCHOSEN },
    fields: [
      {
        path: 'flow',
        kind: 'reference',
        to: 'flow',
        label: { zh: '流程', en: 'Flow' },
        required: true,
      },
      {
        path: 'args',
        kind: 'values',
        names: 'parameters',
        label: { zh: '带过去的值', en: 'Values handed over' },
      },
      { path: 'results', kind: 'results', label: { zh: '带回来的值', en: 'Values brought back' } },
      {
        path: 'version',
        kind: 'version',
        label: { zh: '版本', en: 'Version' },
        help: {
          zh: '留空用走到这里时的线上版本。',
          en: 'Left empty: the one live when the block is entered.',
        },
        advanced: true,
      },
    ],
    exits: { next: exitNames.next, error: exitNames.error },
    channels: {
      voice: { works: 'yes', does: { zh: '看被调用的流程。', en: 'As the called flow does.' } },
      written: { works: 'yes', does: { zh: '看被调用的流程。', en: 'As the called flow does.' } },
    },
  },
  // ends of the called flow may name more exits; the validator knows them
  ports: () => ({ required: ['next', 'error'], optional: [] }),
  enter(block, turn) {
    const target = turn.context.flow(block.flow, block.version ?? 'live')
    const tooDeep = turn.state.frames.length >= MAX_DEPTH
    if (!target || tooDeep) {
      turn.track('fail', { data: { code: tooDeep ? 'TOO_DEEP' : 'NO_FLOW', flow: block.flow } })
      turn.exit('error')
      return
    }
    turn.state.frames.push(newFrame(target, turn.values(block.args)))
  },
})
