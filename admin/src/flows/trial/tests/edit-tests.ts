/** The tests of a document that may be half written: each step is one edit that can be undone. Pure. */
import type { FlowTest } from '../../../../../bots/flow/flow-test.ts'
import { asList, asObject, asString } from '../../doc.ts'
import type { Doc } from '../../doc.ts'

const withTests = (doc: Doc, tests: unknown[]): Doc => ({ ...doc, tests })
const testsOf = (doc: Doc): unknown[] => asList(doc['tests'])

export const addTest = (doc: Doc, test: FlowTest): Doc => withTests(doc, [...testsOf(doc), test])

export const putTest = (doc: Doc, at: number, test: FlowTest): Doc =>
  withTests(
    doc,
    testsOf(doc).map((each, index) => (index === at ? test : each)),
  )

export const removeTest = (doc: Doc, at: number): Doc =>
  withTests(
    doc,
    testsOf(doc).filter((_, index) => index !== at),
  )

/** @param suffix of the copy's name, e.g. “(副本)” */
export function duplicateTest(doc: Doc, at: number, suffix: string): Doc {
  const tests = testsOf(doc)
  const copy = asObject(structuredClone(tests[at]))
  const named = { ...copy, name: `${asString(copy['name']) ?? ''}${suffix}` }
  return withTests(doc, [...tests.slice(0, at + 1), named, ...tests.slice(at + 1)])
}
