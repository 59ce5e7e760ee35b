/** What tests of bad input expect: an error of the table, and a product that goes on as if nothing had been. */
import { expect } from 'chai'
import type { ErrorCode } from '../../gateway/errors.ts'
import { errorEntry } from '../../gateway/errors.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'

/** The sentences are the table's own, and nothing of the inside (a stack, a path, a driver's words) shows. */
export function expectWireError(error: unknown, code: ErrorCode, about = ''): void {
  const { zh, en } = errorEntry(code)
  expect(error, about).to.include({ code, zh, en })
  expect(JSON.stringify(error), about).not.to.match(/node_modules|\/gateway\/|Mongo|at Object\./)
}

export async function expectRefused(
  response: Response | Promise<Response>,
  code: ErrorCode,
): Promise<void> {
  const answer = await response
  const body = await answer.text()
  const about = `${answer.url} answered ${answer.status} ${body.slice(0, 300)}`
  expect(answer.headers.get('content-type'), about).to.match(/^application\/json/)
  expectWireError(JSON.parse(body), code, about)
  expect(answer.status, about).to.equal(errorEntry(code).status)
}

/** Alive, ready, and a newcomer is answered. */
export async function expectHealthy(product: RunningProduct): Promise<void> {
  for (const door of ['/healthz', '/readyz'])
    expect((await fetch(`${product.url}${door}`)).status, door).to.equal(200)
  const visitor = await simulateChat(product.url)
  await visitor.ask('兵马俑门票多少钱', /预约/)
  visitor.cut()
}
