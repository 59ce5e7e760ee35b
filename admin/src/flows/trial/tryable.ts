/** A draft as far as it can be tried: what is half written ends the trial with a sentence that says so. */
import { flowTestSchema } from '../../../../bots/flow/flow-test.ts'
import { blockSchema, flowDocSchema } from '../../../../bots/flow/schema.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import { asList, asObject, blocksOf } from '../doc.ts'
import type { Doc } from '../doc.ts'

export interface Tryable {
  doc?: FlowDoc
  /** blocks that cannot be read yet */
  unfinished: string[]
  /** numbers of tests, from 0, that cannot be read */
  brokenTests: number[]
  /** where the rest of it cannot be read */
  wrong: string[]
}

export function tryable(draft: Doc): Tryable {
  const unfinished: string[] = []
  const blocks = Object.fromEntries(
    Object.entries(blocksOf(draft)).map(([id, block]) => {
      if (blockSchema.safeParse(block).success) return [id, block]
      unfinished.push(id)
      return [id, placeholder(id)]
    }),
  )
  const tests = asList(draft['tests'])
  const brokenTests = tests.flatMap((test, at) =>
    flowTestSchema.safeParse(test).success ? [] : [at],
  )
  const read = flowDocSchema.safeParse({
    ...asObject(draft),
    blocks,
    tests: tests.filter((_, at) => !brokenTests.includes(at)),
  })
  if (read.success) return { doc: read.data, unfinished, brokenTests, wrong: [] }
  const wrong = read.error.issues.map(({ path }) => path.map(String).join('.'))
  return { unfinished, brokenTests, wrong: [...new Set(wrong)] }
}

function placeholder(id: string) {
  return {
    type: 'end',
    reason: 'done',
    prompt: {
      'zh-CN': { text: `(“${id}”还没有写完,先在表单里补全它。)` },
      en: { text: `(“${id}” is not finished; complete it in its form first.)` },
    },
  }
}
