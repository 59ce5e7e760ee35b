import { badValue, namespaceNotFound } from '../errors.ts'
import { planPipeline } from '../aggregate/plan.ts'
import { loadExpressions, mentionsExpression } from '../expressions.ts'
import type { Plan } from '../planner.ts'
import type { QueryRequest } from '../query.ts'
import { prepareQuery, search, take } from '../query.ts'
import type { Doc } from '../value.ts'
import { isDocument, toNumber } from '../value.ts'
import type { Handler } from './command.ts'

/** How a command would be answered, and how much it looked at (manual: "Explain Results"). */
export const explain: Handler = async ({ engine, db, body }) => {
  const command = body.explain
  if (!isDocument(command)) throw badValue('explain needs a command')
  const name = String(Object.values(command)[0])
  const request = requestOf(command)
  if (mentionsExpression(request.filter)) await loadExpressions()
  const namespace = `${db}.${name}`
  const collection = engine.storage.collection(namespace)
  if (!collection) throw namespaceNotFound(`ns does not exist: ${namespace}`)
  const query = prepareQuery(collection, request)
  const { items } = await take(search(collection, query), Infinity)
  const inMemory = query.sort.length > 0 && !query.plan.sorted
  const stage = stageOf(query.plan)
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace,
      winningPlan: inMemory ? { stage: 'SORT', inputStage: stage } : stage,
      rejectedPlans: [],
    },
    executionStats: {
      executionSuccess: true,
      nReturned: items.length,
      totalKeysExamined: query.effort.keysExamined,
      totalDocsExamined: query.effort.docsExamined,
    },
    serverInfo: { version: 'embedded' },
  }
}

function requestOf(command: Doc): QueryRequest {
  const [kind] = Object.keys(command)
  switch (kind) {
    case 'find':
      return {
        filter: command.filter,
        sort: command.sort,
        hint: command.hint,
        skip: toNumber(command.skip ?? 0),
        limit: Math.abs(toNumber(command.limit ?? 0)),
      }
    case 'aggregate':
      return { ...planPipeline(command.pipeline as Doc[]), hint: command.hint }
    case 'update': {
      const [first] = command.updates as Doc[]
      return { filter: first?.q, hint: first?.hint, limit: first?.multi ? 0 : 1 }
    }
    case 'delete': {
      const [first] = command.deletes as Doc[]
      return { filter: first?.q, hint: first?.hint, limit: toNumber(first?.limit ?? 0) }
    }
    case 'findAndModify':
      return { filter: command.query, sort: command.sort, hint: command.hint, limit: 1 }
    case 'count':
    case 'distinct':
      return { filter: command.query, hint: command.hint }
  }
  throw badValue(`explain does not know the command '${String(kind)}'`)
}

function stageOf(plan: Plan): Doc {
  const direction = (reverse: boolean) => (reverse ? 'backward' : 'forward')
  if (plan.kind === 'scan') return { stage: 'COLLSCAN', direction: direction(plan.reverse) }
  if (plan.kind === 'union') return { stage: 'OR', inputStages: plan.parts.map(stageOf) }
  const { spec, multikey } = plan.index
  return {
    stage: 'FETCH',
    inputStage: {
      stage: 'IXSCAN',
      indexName: spec.name,
      keyPattern: spec.key,
      isMultiKey: multikey,
      isUnique: spec.unique ?? false,
      direction: direction(plan.reverse),
    },
  }
}
