import { expect } from 'chai'
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { customKinds, setCustomKinds } from '../../bots/flow/custom-blocks.ts'
import type { CustomRequest } from '../../bots/host/services.ts'
import { Extensions } from '../../gateway/extensions/extensions.ts'

const examples = fileURLToPath(new URL('../../docs/examples/extensions/', import.meta.url))

describe('a folder of extensions', () => {
  let folder: string
  let faults: { error: unknown; about: { file?: string; why?: string } }[]

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'yilu-extensions-'))
    faults = []
  })
  afterEach(async () => {
    setCustomKinds([])
    await rm(folder, { recursive: true, force: true })
  })

  const file = (name: string, code: string) => writeFileSync(path.join(folder, name), code)
  const open = () => Extensions.open(folder, (error, about) => void faults.push({ error, about }))
  const words = `{ zh: '甲', en: 'a' }`
  const blockFile = (run: string, more = '') =>
    `export const block = { id: 'b', name: ${words}, help: ${words}, exits: { next: ${words} }, ${more} run: ${run} }`
  const request: CustomRequest = {
    id: 'b',
    settings: { amount: 3 },
    key: 'k',
    contactId: 'c',
    conversationId: 'v',
    channel: 'webchat',
    lang: 'en',
  }
  const outcome = async (run: string, more = '') => {
    file('b.mjs', blockFile(run, more))
    return (await open()).run(request).catch((error: { code: string }) => error.code)
  }

  it('that is not there means none, and no fault', async () => {
    const none = await Extensions.open(path.join(folder, 'absent'), (error) =>
      expect.fail(String(error)),
    )
    expect([none.blockIds, none.dialogIds, none.flows]).to.deep.equal([[], [], []])
  })

  it('gives blocks, dialogs and flows; broken files are named with what is wrong, and stop no other', async () => {
    cpSync(examples, folder, { recursive: true })
    file('a-syntax.mjs', 'export const block = {')
    file('a-throws.mjs', 'throw new Error("no key in the environment")')
    file('nothing.mjs', 'export default 1')
    file(
      'no-run.mjs',
      `export const block = { id: 'x', name: ${words}, help: ${words}, exits: {} }`,
    )
    file('no-dialog.mjs', 'export const dialog = () => ({ id: "x" })')
    file('no-flow.mjs', 'export const flow = { schema: 1 }')
    file(
      'twice.mjs',
      `export const block = { id: 'exchange', name: ${words}, help: ${words}, exits: {}, run() {} }`,
    )
    file('readme.txt', 'not code')
    const extensions = await open()
    expect(extensions.blockIds).to.deep.equal(['exchange'])
    expect(extensions.dialogIds).to.deep.equal(['booking'])
    expect(extensions.flows.map(({ doc }) => doc.id)).to.deep.equal(['travelDesk'])
    const told = new Map(faults.map(({ about }) => [about.file, about.why]))
    expect([...told.keys()]).to.have.members([
      'a-syntax.mjs',
      'a-throws.mjs',
      'nothing.mjs',
      'no-run.mjs',
      'no-dialog.mjs',
      'no-flow.mjs',
      'twice.mjs',
    ])
    expect(told.get('a-throws.mjs')).to.contain('no key')
    expect(told.get('no-run.mjs')).to.contain('block.run')
    expect(told.get('no-flow.mjs')).to.contain('flow.id')
    expect(told.get('twice.mjs')).to.contain('another file')
  })

  it('describes its blocks to the editor, with what a new one begins with', async () => {
    cpSync(examples, folder, { recursive: true })
    await open()
    const [{ description }] = customKinds() as [ReturnType<typeof customKinds>[0]]
    expect(description.initial).to.deep.equal({
      block: 'exchange',
      settings: { amount: { literal: 100 }, currency: 'USD' },
    })
    expect(description.fields.map((field) => field.path)).to.include('settings.currency')
    expect(Object.keys(description.exits)).to.deep.equal(['converted', 'unknown', 'error'])
  })

  it('code gets settings and circumstances, and its answer is handed on', async () => {
    const run = `({ amount }, { key, lang, signal }) => ({ exit: 'next', set: { x: [amount, key, lang, signal.aborted] } })`
    expect(await outcome(run)).to.deep.equal({ exit: 'next', set: { x: [3, 'k', 'en', false] } })
  })

  it('code that fails, takes too long or answers what cannot be used is an error, and no words of it are logged', async () => {
    expect(await outcome(`async () => { throw new Error('张三 13800138000') }`)).to.equal(
      'CUSTOM_FAILED',
    )
    const { error } = faults[0]!
    expect((error as Error).stack)
      .to.contain('b.mjs')
      .and.not.contain('张三')
    expect(String(error)).to.not.contain('138')
  })

  for (const [what, run, code] of [
    ['never answers', '() => new Promise(() => undefined)', 'CUSTOM_SLOW'],
    ['answers nothing', '() => undefined', 'CUSTOM_FAILED'],
    ['names an exit it does not have', `() => ({ exit: 'elsewhere' })`, 'CUSTOM_FAILED'],
    [
      'answers more than can be kept',
      `() => ({ exit: 'next', set: { x: 'x'.repeat(50_000) } })`,
      'CUSTOM_FAILED',
    ],
    [
      'answers in a circle',
      `() => { const a = { exit: 'next' }; a.a = a; return a }`,
      'CUSTOM_FAILED',
    ],
  ] as const)
    it(`code that ${what} takes the exit for errors`, async () => {
      expect(await outcome(run, 'timeoutMs: 60,')).to.equal(code)
    })

  it('a block whose file is gone fails for the flow alone', async () => {
    expect(
      await (await open()).run(request).catch((error: { code: string }) => error.code),
    ).to.equal('CUSTOM_FAILED')
  })
})
