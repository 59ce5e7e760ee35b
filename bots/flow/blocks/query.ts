import { z } from 'zod'
import {
  baseFields,
  outSchema,
  promptSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { isEmpty } from '../path.ts'
import { fail } from './fail.ts'
import { UNCHOSEN } from '../description.ts'
import { exitNames, promptField, setField } from './described-fields.ts'
import { asksService } from './described-channels.ts'

const DEFAULT_TIMEOUT_MS = 5000

/** Asks a named data source. Exits: next, empty (nothing found; default next), error. */
export const querySchema = z.object({
  type: z.literal('query'),
  ...baseFields,
  source: refSchema,
  params: z.record(z.string(), valueSchema).optional(),
  set: varNameSchema,
  /** said before the data source is asked */
  wait: promptSchema.optional(),
  timeoutMs: z.number().int().min(100).max(60_000).optional(),
  cacheSeconds: z.number().int().min(0).optional(),
  out: outSchema,
})

export const queryBlock = defineBlock({
  type: 'query',
  schema: querySchema,
  description: {
    name: { zh: '查询数据', en: 'Query data' },
    help: {
      zh: '向数据源查询(天气、行程、票务……),把结果存起来。',
      en: 'Asks a data source (weather, itineraries, tickets …) and stores the result.',
    },
    group: 'act',
    initial: { source: UNCHOSEN, set: 'result' },
    fields: [
      {
        path: 'source',
        kind: 'reference',
        to: 'source',
        label: { zh: '数据源', en: 'Data source' },
        required: true,
      },
      {
        path: 'params',
        kind: 'values',
        names: 'parameters',
        label: { zh: '查询条件', en: 'Parameters' },
      },
      setField({ zh: '结果存到变量', en: 'Store the result in' }, { required: true }),
      promptField(
        { zh: '等待时说', en: 'Said while waiting' },
        {
          path: 'wait',
          help: {
            zh: '例如:请稍等,正在为您查询。',
            en: 'For instance: one moment, I am looking it up.',
          },
        },
      ),
      {
        path: 'timeoutMs',
        kind: 'number',
        min: 100,
        max: 60_000,
        step: 100,
        unit: { zh: '毫秒', en: 'ms' },
        label: { zh: '最多等待', en: 'Wait at most' },
        help: {
          zh: '留空为 5000 毫秒,之后走“出错”。',
          en: 'Left empty: 5000 ms. Then it leaves by “Error”.',
        },
        advanced: true,
      },
      {
        path: 'cacheSeconds',
        kind: 'number',
        min: 0,
        step: 60,
        unit: { zh: '秒', en: 's' },
        label: { zh: '结果可重复使用', en: 'Reuse the result for' },
        help: {
          zh: '同样的查询在这段时间内不再询问数据源。',
          en: 'The same query is not asked again for so long.',
        },
        advanced: true,
      },
    ],
    exits: {
      next: { zh: '有结果', en: 'Found' },
      empty: { zh: '没有结果', en: 'Nothing found' },
      error: exitNames.error,
    },
    channels: asksService,
  },
  waits: 'service',
  ports: () => ({ required: ['next', 'error'], optional: ['empty'] }),
  prompts: (block) => [['wait', block.wait]],
  enter(block, turn) {
    turn.say(block.wait)
    turn.call({
      kind: 'query',
      source: block.source,
      params: turn.values(block.params),
      timeoutMs: block.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      ...(block.cacheSeconds === undefined ? {} : { cacheSeconds: block.cacheSeconds }),
    })
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    turn.set(block.set, result.value)
    if (isEmpty(result.value)) turn.exit('empty', 'next')
    else turn.exit('next')
  },
})
