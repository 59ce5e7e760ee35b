import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { SimulatedAgent } from '../harness/agent.ts'
import { simulateChat } from '../harness/chat.ts'
import { runProduct } from '../harness/product.ts'

const isAlive = (pid: number) => existsSync(`/proc/${pid}`)

describe('stopping the house', function () {
  this.timeout(60_000)

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`${signal}: what was acknowledged is answered after the restart; nothing is left running`, async () => {
      const product = await runProduct()
      try {
        const visitor = await simulateChat(product.url)
        await visitor.ask('你好', /欢迎|热线/)
        await visitor.say('兵马俑门票多少钱')
        const { pid } = product
        const enginePid = process.env.MONGODB_URI ? 0 : product.enginePid
        const code = await product.interrupt(signal)
        expect(code, product.output).to.equal(0)
        expect(isAlive(pid)).to.equal(false)
        if (enginePid) expect(isAlive(enginePid), 'the engine').to.equal(false)
        expect(product.output, 'a clean stop is silent').not.to.match(/"level":[56]0/)
        await product.start()
        await visitor.connect({ resume: true })
        await visitor.hears(/预约购票|预约/)
        const answers = visitor.said.filter((text) => text.includes('预约'))
        expect(answers).to.have.length(1)
      } finally {
        await product.stop()
      }
    })

  it('who talks meanwhile is told to come back, and nothing said is lost', async () => {
    const product = await runProduct()
    try {
      const visitors = await Promise.all(
        Array.from({ length: 10 }, () => simulateChat(product.url)),
      )
      let stopped = false
      const talking = visitors.map(async (visitor, index) => {
        for (let n = 0; !stopped && visitor.isOpen && n < 500; n++) {
          const clientMsgId = `word-${index}-${n}`.padEnd(8, '-')
          visitor.send({
            t: 'say',
            clientMsgId,
            content: { type: 'text', text: `钟楼 ${index} ${n}` },
          })
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })
      // in the middle of it: everybody has been acknowledged something, nobody is done
      for (const visitor of visitors)
        await visitor.until(() => visitor.frames.some(({ t }) => t === 'stored'), 'a stored word')
      const code = await product.interrupt('SIGTERM')
      stopped = true
      await Promise.all(talking)
      expect(code, product.output).to.equal(0)
      await product.start()
      const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
      let checked = 0
      for (const visitor of visitors) {
        const acknowledged = visitor.frames.flatMap((frame) =>
          frame.t === 'stored' ? [frame.clientMsgId] : [],
        )
        if (!acknowledged.length) continue
        checked += acknowledged.length
        await visitor.connect({ resume: true })
        const held = () =>
          new Set([...visitor.messages.values()].map((message) => message.clientMsgId))
        await visitor.until(
          () => acknowledged.every((id) => held().has(id)),
          'all that was acknowledged',
        )
        const { conversationId } = [...visitor.messages.values()][0]!
        const { messages } = await admin.get<{ messages: { seq: number }[] }>(
          `/conversations/${conversationId}/messages?limit=200`,
        )
        expect(messages.map(({ seq }) => seq)).to.deep.equal(
          messages.map((_, i) => messages[0]!.seq + i),
        )
      }
      expect(checked, 'something was acknowledged before the stop').to.be.above(0)
    } finally {
      await product.stop()
    }
  })
})
