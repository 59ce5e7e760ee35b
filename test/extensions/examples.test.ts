import { expect } from 'chai'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { cp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedChat } from '../harness/chat.ts'
import { runProduct } from '../harness/product.ts'
import type { RunningProduct } from '../harness/product.ts'

const examples = fileURLToPath(new URL('../../docs/examples/extensions/', import.meta.url))

/** The product with the very files of docs/extending.md in its folder, and a broken one beside them. */
describe('the examples for those who extend it', function () {
  this.timeout(60_000)
  let folder: string
  let product: RunningProduct
  let admin: SimulatedAgent

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'yilu-extensions-'))
    await cp(examples, folder, { recursive: true })
    writeFileSync(path.join(folder, 'broken.mjs'), 'export const block = { id: 7 }')
    product = await runProduct({ YILU_EXTENSIONS: folder })
    admin = new SimulatedAgent(product.url)
    await admin.signIn('admin', product.password('admin'))
    await admin.rest('PATCH', '/accounts/web', {
      flowId: 'travelDesk',
      version: (await account(admin)).version,
    })
  })
  after(async () => {
    await product?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const account = async (admin: SimulatedAgent) => {
    const { items } = await admin.get<{ items: { id: string; version: number }[] }>('/accounts')
    return items.find(({ id }) => id === 'web')!
  }

  it('a broken file is named in the log and stops nothing', () => {
    expect(product.output).to.contain('broken.mjs')
  })

  it('the flow is published, and its custom block answers a visitor', async () => {
    const chat = await new SimulatedChat(product.url, 'en').connect()
    await chat.ask('hello', /Exchange or a booking/)
    await chat.ask('1', /100 yuan are about 14 dollars/)
  })

  it('the coded dialog asks, and the flow goes on with its result', async () => {
    const chat = await new SimulatedChat(product.url, 'en').connect()
    await chat.ask('hello', /Exchange or a booking/)
    await chat.ask('Booking', /Which day/)
    await chat.ask('Friday', /How many/)
    await chat.ask('four', /Friday, four people/)
  })

  it('the editor learns the block and anybody the schema', async () => {
    const { items } = await admin.get<{ items: { id: string }[] }>('/flows/blocks')
    expect(items.map(({ id }) => id)).to.deep.equal(['exchange'])
    const schema = await admin.get<{ properties: object }>('/flows/schema')
    expect(schema.properties).to.include.keys('blocks', 'entry', 'langs')
  })

  it('started again, the flow is not published anew; changed, it is', async () => {
    const versions = async () =>
      (await admin.get<{ items: unknown[] }>('/flows/travelDesk/versions')).items.length
    const again = async () => {
      await product.interrupt()
      await product.start()
      await admin.signIn('admin', `${product.password('admin')}-next`)
    }
    expect(await versions()).to.equal(1)
    await again()
    expect(await versions()).to.equal(1)
    const file = path.join(folder, 'travel-desk.mjs')
    const text = await readFile(file, 'utf8')
    writeFileSync(file, text.replace('再见。', '一路平安。'))
    await again()
    expect(await versions()).to.equal(2)
  })
})
