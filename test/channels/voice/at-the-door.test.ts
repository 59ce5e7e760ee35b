/** Who calls which number and gets which flow; who is refused; and flows that pass calls on to telephones. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import { callCardOf } from '../../harness/desk-calls.ts'
import type { PhoneCall } from '../../harness/phone.ts'
import { AGENT, CALLER, eventsOf, THIRD, VoiceScene, writeUp } from './scene.ts'
import { publishFlow } from '../../harness/publish-flow.ts'

const LIN = '13811112222'
const OFFICE = '02987654321'

describe('at the door of the hotline', function () {
  this.timeout(60_000)
  let scene: VoiceScene
  let chen: SimulatedAgent

  before(async () => {
    scene = await VoiceScene.open()
    chen = await scene.agent('chen', LIN)
    const { admin } = scene
    for (const doc of flows()) await publishFlow(admin, doc)
    // numbers of their own, and no longer any number at all
    const { items } = await admin.get<{ items: { id: string; version: number }[] }>(
      '/telephony/number-plan',
    )
    const { version } = items.find(({ id }) => id === 'phone')!
    await put(admin, '/telephony/number-plan/phone', { numbers: ['12301'], version }, 'PATCH')
    for (const [number, id] of [
      ['12345', 'hello'],
      ['12346', 'office'],
    ] as const)
      await put(admin, '/telephony/number-plan', {
        ...{ id, name: id, numbers: [number], flowId: id },
        lang: id === 'hello' ? 'en' : 'zh-CN',
      })
  })
  after(() => scene?.stop())
  afterEach(function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
  })

  const call = (to: string, from = scene.nextNumber()) =>
    scene.tourist.call(scene.product.sipPort, to, from)
  const idOf = async (from: string) => {
    const its = () => callCardOf(chen, ({ number }) => number === `+86${from}`)
    await chen.until(() => its() !== undefined, 'the call on the desk')
    return its()!.conversationId
  }
  /** what the flow has said */
  const saidIn = async (conversationId: string) =>
    (await chen.open(conversationId)).messages.flatMap(({ direction, parts }) =>
      parts.flatMap((part) => (direction === 'out' && part.type === 'text' ? [part.text] : [])),
    )
  const untilSaid = async (conversationId: string, text: string) => {
    for (const deadline = Date.now() + 10_000; !(await saidIn(conversationId)).includes(text);) {
      if (Date.now() > deadline)
        throw new Error(`never said ${text}: ${(await saidIn(conversationId)).join()}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('another number is another flow, in its language', async () => {
    const from = scene.nextNumber()
    const caller = await call('12345', from)
    await caller.hearsSound()
    const conversationId = await idOf(from)
    expect(await saidIn(conversationId)).to.deep.equal(['Good day.'])
    const { card } = await chen.open(conversationId)
    expect(card.lang).to.equal('en')
    await caller.ended
  })

  it('a number that is not ours is refused with 404', async () => {
    const refused = await call('10000').catch(String)
    expect(refused).to.include('404')
  })

  it('a caller who withholds the number is served as anybody else, and known as nobody', async () => {
    const caller = await call('12301', 'anonymous')
    await caller.hearsSound()
    const its = () => callCardOf(chen, ({ number, phase }) => !number && phase === 'flow')
    await chen.until(() => its() !== undefined, 'the call on the desk')
    const { conversationId } = its()!
    const rings = scene.outside.answer('answer', 0, LIN)
    await chen.ready()
    caller.press('0')
    const agent = await rings
    agent.hum(AGENT)
    await caller.hearsTone(AGENT, 0.9)
    await chen.do({ do: 'state', state: 'busy' })
    caller.hangUp()
    await writeUp(chen, conversationId)
  })

  it('two anonymous callers are two people', async () => {
    const anonymous = () =>
      new Set(
        chen.frames.flatMap((frame) =>
          frame.t === 'call' && !frame.call.number ? [frame.call.conversationId] : [],
        ),
      )
    const before = anonymous()
    const [one, two] = await Promise.all([call('12301', 'anonymous'), call('12301', 'anonymous')])
    const news = () => [...anonymous()].filter((id) => !before.has(id))
    await chen.until(() => news().length === 2, 'both')
    const people = await Promise.all(
      news().map(async (id) => (await chen.open(id)).card.contact.id),
    )
    expect(new Set(people)).to.have.length(2)
    one.hangUp()
    two.hangUp()
  })

  it('English is chosen by key, and spoken from there on', async () => {
    const from = scene.nextNumber()
    const caller = await call('12301', from)
    await caller.hearsSound()
    caller.press('2')
    const conversationId = await idOf(from)
    for (let lang = ''; lang !== 'en';) lang = (await chen.open(conversationId)).card.lang
    caller.forget()
    await caller.hearsSound()
    caller.hangUp()
  })

  it('hangs up while the flow speaks: the conversation closes', async () => {
    const from = scene.nextNumber()
    const caller = await call('12301', from)
    await caller.hearsSound()
    const conversationId = await idOf(from)
    caller.hangUp()
    for (let state = ''; state !== 'closed';) state = (await chen.open(conversationId)).card.state
    const ends = (await eventsOf(chen, conversationId)).filter(({ event }) => event === 'callEnded')
    expect(ends.map(({ by }) => by)).to.deep.equal(['contact'])
  })

  describe('a flow passes the caller on to a telephone', () => {
    let caller: PhoneCall
    let from: string
    const dial = async () => {
      from = scene.nextNumber()
      const rings = scene.outside.rings(OFFICE)
      caller = await call('12346', from)
      return rings
    }

    it('they talk, and when the office hangs up the flow goes on', async () => {
      const office = await (await dial()).answer()
      office.hum(THIRD)
      caller.hum(CALLER)
      await Promise.all([caller.hearsTone(THIRD, 0.9), office.hearsTone(CALLER, 0.9)])
      office.hangUp()
      await untilSaid(await idOf(from), '谈完了。')
      await caller.ended
    })

    for (const [status, said] of [
      [486, '占线。'],
      [480, '没通。'],
      [404, '没通。'],
    ] as const)
      it(`the office answers ${status}: ${said}`, async () => {
        ;(await dial()).refuse(status)
        await untilSaid(await idOf(from), said)
        await caller.ended
      })

    it('nobody picks up: the flow says so', async () => {
      const ringing = await dial()
      expect((await ringing.call.ended).status).to.equal(487)
      await untilSaid(await idOf(from), '没人接。')
      await caller.ended
    })

    it('the caller hears that it rings, and hanging up stops it', async () => {
      const ringing = await dial()
      await caller.hearsTone(450)
      caller.hangUp()
      expect((await ringing.call.ended).status).to.equal(487)
    })

    it('the caller hangs up while they talk: the office is hung up', async () => {
      const office = await (await dial()).answer()
      caller.hangUp()
      await office.ended
      const conversationId = await idOf(from)
      for (let state = ''; state !== 'closed';) state = (await chen.open(conversationId)).card.state
    })
  })
})

async function put(
  admin: SimulatedAgent,
  path: string,
  body: object,
  method = 'POST',
): Promise<void> {
  const response = await admin.rest(method, path, body)
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
}

function flows() {
  const say = (text: string) => ({
    type: 'end',
    reason: 'done',
    prompt: { 'zh-CN': { text }, en: { text } },
  })
  const flow = (id: string, lang: string, entry: string, blocks: object) => ({
    ...{ schema: 1, id, name: id, kind: 'main', entry, blocks },
    ...{ langs: [lang], defaultLang: lang, timezone: 'Asia/Shanghai', vars: [], hotkeys: [] },
    tests: [],
  })
  return [
    flow('hello', 'en', 'hello', { hello: { ...say('Good day.') } }),
    flow('office', 'zh-CN', 'pass', {
      pass: {
        type: 'transfer',
        to: { kind: 'number', value: OFFICE },
        ringSeconds: 5,
        out: { next: 'talked', failed: 'failed', busy: 'busy', noAnswer: 'none' },
      },
      talked: say('谈完了。'),
      failed: say('没通。'),
      busy: say('占线。'),
      none: say('没人接。'),
    }),
  ]
}
