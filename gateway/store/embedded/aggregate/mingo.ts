import { Aggregator } from 'mingo/aggregator'
import { Context, evalExpr, ProcessingMode } from 'mingo/core'
import * as accumulator from 'mingo/operators/accumulator'
import * as expression from 'mingo/operators/expression'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import * as query from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import type { Options } from 'mingo/types'
import { CommandError } from '../errors.ts'
import type { Expressions } from '../expressions.ts'
import type { Doc } from '../value.ts'
import { accumulators } from './accumulators.ts'
import { comparisons } from './comparisons.ts'
import { stages } from './stages.ts'

/**
 * mingo, with all that depends on the order and equality of BSON values replaced by our own. Server-side
 * JavaScript is off.
 */
type Operators = NonNullable<Parameters<typeof Context.init>[0]>

const operators = {
  query,
  expression: { ...expression, ...comparisons },
  accumulator: { ...accumulator, ...accumulators },
  pipeline: { ...pipeline, ...stages },
  projection,
  window,
} as unknown as Operators

export const contextWith = (more: Record<string, unknown>): Context =>
  Context.init({ ...operators, pipeline: { ...operators.pipeline, ...more } } as Operators)

const plainContext = contextWith({})

const optionsWith = (options: Partial<Options> = {}): Options => ({
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  context: plainContext,
  ...options,
})

const plainOptions = optionsWith()

/** mingo throws plain errors: to the client they are mistakes in the pipeline. */
function asCommandError(error: unknown): unknown {
  if (error instanceof CommandError || error instanceof TypeError) return error
  return new CommandError(2, 'BadValue', error instanceof Error ? error.message : String(error))
}

function* told<T>(items: Iterable<T>): Generator<T> {
  try {
    yield* items
  } catch (error) {
    throw asCommandError(error)
  }
}

export const expressions: Expressions = {
  evaluate(source, doc, variables) {
    try {
      return evalExpr(doc, source, variables ? optionsWith({ variables }) : plainOptions)
    } catch (error) {
      throw asCommandError(error)
    }
  },

  aggregate(docs, pipelineStages, options) {
    try {
      const stream = new Aggregator(pipelineStages, optionsWith(options)).stream(docs)
      return told(stream as unknown as Iterable<Doc>)
    } catch (error) {
      throw asCommandError(error)
    }
  },
}
