import { expect } from 'chai'
import mongoose from 'mongoose'
import { toldOf } from '../../gateway/log.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

describe('the log', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let log = ''

  before(async () => {
    product = await runProduct({ YILU_LOG_LEVEL: 'debug' })
  })
  after(() => product.stop())
  /** The harness keeps the end of the log only: looked at after every step, nothing is missed. */
  const look = () => {
    log += product.output
  }

  it('at its most talkative tells no words, numbers, tokens, cookies or passwords', async () => {
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    look()
    const lin = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
    await lin.connect()
    await lin.ready()
    look()
    const visitor = await simulateChat(product.url)
    await visitor.ask('MARKER-VISITOR 兵马俑门票多少钱', /./)
    await visitor.say('13912345678')
    await visitor.say('人工')
    look()
    const { card } = await lin.accept()
    await lin.say(card.id, 'MARKER-AGENT 您好')
    await visitor.hears(/MARKER-AGENT/)
    await lin.do({
      do: 'note',
      conversationId: card.id,
      clientMsgId: 'note-0001',
      text: 'MARKER-NOTE',
    })
    look()
    // what is refused is logged at this level too
    visitor.sendRaw('{"t":"say","MARKER-BROKEN')
    visitor.send({ t: 'say', clientMsgId: 'MARKER-ID', content: { type: 'text', text: ' ' } })
    lin.sendRaw('{"MARKER-BROKEN')
    await admin.rest('GET', '/contacts?q=MARKER-QUERY')
    await admin.rest('GET', '/contacts?q=MARKER-QUERY%00')
    await admin.rest('POST', '/session', { userName: 'MARKER-NAME', password: 'MARKER-PASSWORD' })
    await admin.rest('POST', '/tickets', { kind: 'MARKER-KIND', title: 'MARKER-TITLE' })
    look()
    const { id, version } = await admin.get<{ id: string; version: number }>(
      `/contacts/${card.contact.id}`,
    )
    await admin.rest('PATCH', `/contacts/${id}`, {
      version,
      name: 'MARKER-PERSON',
      phone: '13912345678',
    })
    const form = new FormData()
    form.append('file', new Blob(['MARKER-FILE']), 'MARKER-FILE.txt')
    const headers = { authorization: `Bearer ${visitor.token}` }
    const upload = await fetch(`${product.url}/webchat/uploads`, {
      method: 'POST',
      headers,
      body: form,
    })
    const { url } = (await upload.json()) as { url: string }
    await fetch(`${product.url}${url}`)
    look()
    await lin.do({ do: 'finish', conversationId: card.id })
    await lin.do({ do: 'wrapUpDone', conversationId: card.id })
    await product.interrupt()
    look()

    expect(log, 'something is logged').to.match(/"path":"\/api\/v1\/contacts"/)
    expect(log).not.to.contain('MARKER')
    expect(log).not.to.contain('13912345678')
    expect(log).not.to.contain(visitor.token)
    expect(log).not.to.contain(visitor.token.split('.')[2]!)
    expect(log).not.to.contain(new URL(url, product.url).searchParams.get('sig'))
    for (const agent of [admin, lin]) expect(log).not.to.contain(agent.cookie.split('=')[1])
    for (const { password } of product.credentials) expect(log).not.to.contain(password)
    expect(log).not.to.contain('scrypt$')
  })
})

describe('an error in the log', () => {
  it('of a failed bulk write tells nothing of the documents', () => {
    const op = { _id: 'm1', parts: [{ type: 'text', text: 'MARKER' }] }
    const error = new mongoose.mongo.MongoBulkWriteError(
      {
        message:
          'E11000 duplicate key error collection: yilu.messages dup key: { value: "MARKER" }',
        code: 11000,
        writeErrors: [],
      },
      { insertedCount: 0, op } as never,
    )
    Object.assign(error, { writeErrors: [{ err: { op } }] })
    const told = toldOf(error)
    expect(JSON.stringify(told)).not.to.contain('MARKER')
    expect(told).to.deep.include({
      type: 'MongoBulkWriteError',
      code: 11000,
      message: 'E11000 duplicate key error collection: yilu.messages dup key',
    })
    expect((told as { stack: string }).stack).to.contain('logs.test')
  })

  it('tells what caused it, and of what is no error only its kind', () => {
    const told = toldOf(new Error('outer', { cause: new TypeError('inner') }))
    expect(told).to.deep.include({ type: 'Error', message: 'outer' })
    expect((told as { cause: object }).cause).to.include({ type: 'TypeError', message: 'inner' })
    expect(toldOf('MARKER')).to.deep.equal({ message: 'string' })
  })
})
