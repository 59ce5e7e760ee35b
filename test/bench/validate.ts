/** Time to check a flow of 300 blocks in two languages, as the editor does on each edit. */
import { loadPinyin } from '../../bots/flow/pinyin.ts'
import { validate } from '../../bots/flow/validate.ts'
import { largeFlow } from '../bots/flow/bench-documents.ts'

const BLOCKS = 300
const RUNS = 30

export default async function bench(): Promise<void> {
  const soundOf = await loadPinyin()
  const environment = {
    queues: ['general'],
    sources: ['weather'],
    knowledgeBases: ['tour'],
    ticketKinds: ['complaint'],
    flows: [],
    soundOf,
  }
  const times: number[] = []
  let problems = 0
  for (let i = 0; i < RUNS; i++) {
    // a new document each time: an edit invalidates whatever was compiled
    const doc = largeFlow(BLOCKS)
    const started = performance.now()
    problems = validate(doc, environment).length
    times.push(performance.now() - started)
  }
  const first = rounded(times[0] ?? NaN)
  const ms = rounded([...times].sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN)
  console.table({
    'blocks, in two languages': { value: BLOCKS },
    'problems found': { value: problems },
    'first run, ms': { value: first },
    'median, ms': { value: ms },
  })
  console.log(JSON.stringify({ bench: 'validate', ms, firstMs: first, blocks: BLOCKS }))
}

const rounded = (ms: number) => Math.round(ms * 100) / 100
