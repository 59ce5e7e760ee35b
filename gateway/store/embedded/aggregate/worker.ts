import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { loadExpressions } from '../expressions.ts'
import type { Doc } from '../value.ts'
import { encode } from '../value.ts'
import { Intake } from './intake.ts'
import type { FromThread, ToThread } from './messages.ts'
import { decodeTask, sendError } from './messages.ts'
import { pack, PIECE_BYTES, unpack } from './pieces.ts'

/**
 * The aggregation thread: it decodes documents, runs the stages of a pipeline over them and gives back
 * encoded results. It owns nothing: `thread.ts` may end it at any moment.
 */
interface Aggregation {
  intake: Intake
  stages: Doc[]
  variables: Doc | null
}

const port = parentPort!
const aggregations = new Map<number, Aggregation>()
const NICE = 10

// on Linux this is the priority of this thread alone; elsewhere it would be that of the whole engine
if (process.platform === 'linux') setPriority(NICE)

function send(message: FromThread, piece?: Uint8Array<ArrayBuffer>): void {
  port.postMessage(message, piece ? [piece.buffer] : [])
}

function receive(message: ToThread): void {
  const { id } = message
  if (message.kind === 'begin') {
    const { stages, variables, ...front } = decodeTask(message.task)
    const intake = new Intake({ ...front, variables })
    aggregations.set(id, { intake, stages, variables })
    return
  }
  const aggregation = aggregations.get(id)
  if (!aggregation) return
  if (message.kind === 'documents') {
    for (const bytes of unpack(message.piece)) aggregation.intake.add(bytes)
    send({ kind: 'taken', id, enough: aggregation.intake.full })
    return
  }
  aggregations.delete(id)
  if (message.kind === 'run') run(id, aggregation)
}

function run(id: number, { intake, stages, variables }: Aggregation): void {
  let results: Uint8Array[] = []
  let bytes = 0
  const flush = () => {
    const piece = pack(results)
    send({ kind: 'results', id, piece }, piece)
    results = []
    bytes = 0
  }
  const options = variables ? { variables } : {}
  for (const doc of expressions.aggregate(intake.documents(), stages, options)) {
    const result = encode(doc)
    results.push(result)
    bytes += result.length
    if (bytes >= PIECE_BYTES) flush()
  }
  if (results.length) flush()
  send({ kind: 'done', id })
}

const expressions = await loadExpressions()
port.on('message', (message: ToThread) => {
  try {
    receive(message)
  } catch (error) {
    aggregations.delete(message.id)
    send({ kind: 'failed', id: message.id, error: sendError(error) })
  }
})
