import { expect } from 'chai'
import { SimulatedAgent } from '../harness/agent.ts'
import { BrowserLine } from '../harness/browser-line.ts'
import { SimulatedChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import type { CallStateView, RecentView, RecordedView } from '../../gateway/trials/schema.ts'

type Doc = Record<string, unknown> & { blocks: Record<string, Record<string, unknown>> }

describe('trials', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let admin: SimulatedAgent
  let su: SimulatedAgent
  let lin: SimulatedAgent

  before(async () => {
    product = await runProduct()
    const enter = (name: string) =>
      new SimulatedAgent(product.url).signIn(name, product.password(name))
    ;[admin, su, lin] = (await Promise.all(['admin', 'su', 'lin'].map(enter))) as [
      SimulatedAgent,
      SimulatedAgent,
      SimulatedAgent,
    ]
    await admin.openAllHours()
  })
  after(() => product?.stop())

  const draft = async () => (await su.get<{ doc: Doc }>('/flows/main/draft')).doc
  const code = async (response: Response) => ((await response.json()) as { code: string }).code

  async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
    for (const deadline = Date.now() + 15_000; !(await holds());) {
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  describe('a stored conversation', () => {
    let id: string
    before(async () => {
      const visitor = await new SimulatedChat(product.url, 'zh-CN').connect()
      await visitor.ask('去兵马俑坐什么车?', /地铁|公交|专线/)
      await visitor.ask('我的电话是13812345678', /./)
      const { items } = await su.get<{ items: RecentView[] }>('/trials/conversations?flowId=main')
      id = items[0]!.id
    })

    it('is in the list of its flow with its version, and not in that of another', async () => {
      const { items } = await su.get<{ items: RecentView[] }>('/trials/conversations?flowId=main')
      expect(items[0]).to.deep.include({ channel: 'webchat', version: 1, lang: 'zh-CN' })
      expect(items[0]!.preview).to.include('13800000000')
      const other = await su.get<{ items: RecentView[] }>('/trials/conversations?flowId=survey')
      expect(other.items).to.deep.equal([])
    })

    it('gives its inputs and what was said; numbers are masked for content staff alone', async () => {
      const view = await su.get<RecordedView>(`/trials/conversations/${id}`)
      expect(view).to.deep.include({ flow: 'main', version: 1, channel: 'webchat', masked: true })
      expect(view.turns.map(({ input }) => input?.in)).to.deep.equal([
        undefined,
        '去兵马俑坐什么车?',
        '我的电话是13800000000',
      ])
      expect(view.turns[1]!.said.map(({ block }) => block)).to.include('more')
      const whole = await admin.get<RecordedView>(`/trials/conversations/${id}`)
      expect(whole.masked).to.equal(false)
      expect(whole.turns[2]!.input?.in).to.equal('我的电话是13812345678')
    })

    it('is closed to who does not draw flows', async () => {
      const response = await lin.rest('GET', `/trials/conversations/${id}`)
      expect([response.status, await code(response)]).to.deep.equal([403, 'FORBIDDEN'])
    })
  })

  it('asks knowledge and data as they are, and puts nothing on the list of missed questions', async () => {
    const ask = async (body: object) =>
      (await (await su.rest('POST', '/trials/ask', body)).json()) as { value: never[] }
    const missed = async () =>
      (await su.get<{ items: { text: string }[] }>('/knowledge/misses')).items.length
    const before = await missed()
    const faq = { kind: 'faq', knowledgeBase: 'hotline', lang: 'zh-CN', top: 3 }
    expect((await ask({ ...faq, text: '去兵马俑坐什么车?' })).value).to.have.length.above(0)
    await ask({ ...faq, text: '火星上有没有旅行社' })
    expect(await missed()).to.equal(before)
    const query = {
      kind: 'query',
      source: 'weather',
      params: { month: 7 },
      lang: 'zh-CN',
      timeoutMs: 3000,
    }
    expect((await ask(query)).value[0]).to.deep.include({ month: 7 })
  })

  describe('a call with a draft', () => {
    const call = (agent: SimulatedAgent, doc: Doc) =>
      new Promise<{ id: string; line: BrowserLine }>((resolve, reject) => {
        let id = ''
        BrowserLine.propose(async (sdp) => {
          const response = await agent.rest('POST', '/trials/calls', {
            doc,
            lang: 'zh-CN',
            caller: '13912345678',
            sdp,
          })
          if (!response.ok) throw new Error(await code(response))
          const answer = (await response.json()) as { id: string; sdp: string }
          id = answer.id
          return answer.sdp
        }).then((line) => resolve({ id, line }), reject)
      })
    const stateOf = (id: string) => su.get<CallStateView>(`/trials/calls/${id}`)
    const saidIn = ({ turns }: CallStateView) => turns.flatMap(({ said }) => said)

    it('says what the draft says now, takes keys, rings nobody, and is in no report', async () => {
      await lin.connect()
      await lin.do({ do: 'state', state: 'ready' })
      const figures = async () =>
        (await admin.get<{ day: Record<string, number> }>('/wallboard')).day
      const before = await figures()
      const doc = await draft()
      doc.blocks.greet!.prompt = { 'zh-CN': { text: '这是草稿' }, en: { text: 'A draft' } }
      const { id, line } = await call(su, doc)
      try {
        await line.hearsSound()
        await until(
          async () => saidIn(await stateOf(id)).some(({ text }) => text === '这是草稿'),
          'the greeting',
        )
        const press = (digits: string) => su.rest('POST', `/trials/calls/${id}/keys`, { digits })
        expect((await press('1')).status).to.equal(204)
        await until(
          async () => saidIn(await stateOf(id)).some(({ block }) => block === 'menu'),
          'the menu',
        )
        await press('0')
        await until(
          async () => saidIn(await stateOf(id)).some(({ text }) => text.includes('试拨')),
          'what would happen',
        )
        expect(lin.card(({ offer }) => offer !== undefined)).to.equal(undefined)
        // nobody else hears or steers it
        expect((await admin.rest('GET', `/trials/calls/${id}`)).status).to.equal(404)
        expect((await admin.rest('DELETE', `/trials/calls/${id}`)).status).to.equal(404)
        expect((await su.rest('DELETE', `/trials/calls/${id}`)).status).to.equal(204)
        await until(async () => (await stateOf(id)).over, 'the end')
        expect(await figures()).to.deep.equal(before)
        const { items } = await su.get<{ items: RecentView[] }>('/trials/conversations?flowId=main')
        expect(items.map((each) => each.id)).to.not.include((await stateOf(id)).conversationId)
        const { items: recordings } = await admin.get<{ items: { conversationId: string }[] }>(
          '/recordings',
        )
        expect(recordings.map(({ conversationId }) => conversationId)).to.not.include(
          (await stateOf(id)).conversationId,
        )
      } finally {
        line.close()
      }
    })

    it('is not begun with a draft that has errors, which are named', async () => {
      const doc = await draft()
      delete doc.blocks.menu
      const response = await su.rest('POST', '/trials/calls', { doc, lang: 'zh-CN', sdp: 'v=0' })
      expect(response.status).to.equal(422)
      const { code: refused, details } = (await response.json()) as {
        code: string
        details: { problems: { code: string }[] }
      }
      expect(refused).to.equal('FLOW_INVALID')
      expect(details.problems.map((problem) => problem.code)).to.include('DANGLING')
    })

    it('is for content staff alone', async () => {
      const response = await lin.rest('POST', '/trials/calls', { doc: {}, lang: 'zh-CN', sdp: 'x' })
      expect(response.status).to.equal(403)
    })
  })
})
