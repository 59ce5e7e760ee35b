import { expect } from 'chai'
import { startState, turn } from '../../../bots/flow/engine.ts'
import type { BlockOf, Channel } from '../../../bots/flow/schema.ts'
import { Talk, flowOf } from './documents.ts'

type VerifyPhone = BlockOf<'verifyPhone'>

const doc = (more: Partial<VerifyPhone> = {}) =>
  flowOf({
    prove: {
      type: 'verifyPhone',
      set: 'phone',
      ...more,
      out: { verified: 'good', failed: 'bad', unavailable: 'none', ...more.out },
    },
    good: say('好'),
    bad: say('没有通过'),
    none: say('发不出'),
  })

function say(text: string): BlockOf<'say'> {
  return { type: 'say', prompt: { 'zh-CN': { text }, en: { text } }, out: { next: 'end' } }
}

/** Starts with the number of the contact, where nothing else is said. */
const start = (
  more: { block?: Partial<VerifyPhone>; channel?: Channel; stubs?: object; contact?: object } = {},
) =>
  new Talk(doc(more.block), {
    channel: more.channel ?? 'wechat',
    lang: 'zh-CN',
    ...(more.contact && { contact: { ...more.contact } }),
    stubs: { ...more.stubs },
  })

describe('a block that proves a telephone number', () => {
  it('sends a code to the number known and takes it', () => {
    const talk = start()
    expect(talk.said).to.contain('138****00').and.not.contain('13800000000')
    talk.feed({ in: 'text', text: '验证码是 123456' })
    expect(talk.said).to.match(/^好/)
    expect(talk.variable('phone')).to.equal('13800000000')
  })

  it('asks for a number where none is known', () => {
    const talk = start({ contact: {} })
    expect(talk.said).to.contain('手机号码')
    talk.feed({ in: 'text', text: '139' })
    expect(talk.said).to.contain('不完整')
    talk.feed({ in: 'text', text: '139 1234 5678' })
    expect(talk.said).to.contain('139****78')
    talk.feed({ in: 'text', text: '123456' })
    expect(talk.variable('phone')).to.equal('13912345678')
  })

  it('by telephone the code goes to the number that calls, and is keyed in', () => {
    const talk = new Talk(doc(), { channel: 'voice', call: { caller: '+8613912345678' } })
    expect(talk.heard).to.contain('六位')
    const listen = talk.effects.find(({ fx }) => fx === 'listen')
    expect(listen).to.have.nested.property('options.dtmf.maxDigits', 6)
    talk.feed({ in: 'dtmf', digits: '123456' })
    expect(talk.said).to.match(/^好/)
    expect(talk.variable('phone')).to.equal('+8613912345678')
  })

  it('said digit by digit', () => {
    const talk = start({ channel: 'voice' })
    talk.feed({ in: 'speech', nbest: [{ text: '一二三 四五六', confidence: 0.9 }] })
    expect(talk.said).to.match(/^好/)
  })

  it('another number is taken, another code is sent', () => {
    const talk = start()
    talk.feed({ in: 'text', text: '没收到' })
    expect(talk.said).to.contain('已发送到 138')
    talk.feed({ in: 'choice', id: 'again', block: 'prove' })
    expect(talk.said).to.contain('已发送到 138')
    talk.feed({ in: 'text', text: '2' })
    expect(talk.said).to.contain('手机号码')
    talk.feed({ in: 'text', text: '13912345678' })
    expect(talk.said).to.contain('139****78')
  })

  it('after too many wrong codes it is over', () => {
    const talk = start({ block: { input: { maxNoMatch: 2 } } })
    for (let round = 0; round < 2; round++) {
      talk.feed({ in: 'text', text: '654321' })
      expect(talk.said).to.contain('不对')
    }
    talk.feed({ in: 'text', text: '654321' })
    expect(talk.said).to.match(/^没有通过/)
    expect(talk.variable('phone')).to.equal(undefined)
  })

  it('who wants a second code at once is told of the first', () => {
    const stubs = { 'phoneCode:send': { state: 'tooOften', phone: '13800000000' } }
    const talk = start({ stubs })
    expect(talk.said).to.contain('138****00')
    talk.feed({ in: 'choice', id: 'again', block: 'prove' })
    expect(talk.said).to.contain('刚才已经发过')
    talk.feed({ in: 'text', text: '123456' })
    expect(talk.said).to.match(/^好/)
  })

  it('a number that takes no messages is asked for again', () => {
    const talk = start({ stubs: { 'phoneCode:send': { state: 'badNumber', phone: '029' } } })
    expect(talk.said).to.contain('收不到短信').and.contain('手机号码')
    talk.feed({ in: 'text', text: '029-87210000' })
    expect(talk.said).to.contain('收不到短信')
  })

  it('a code that no longer counts can be sent anew', () => {
    const stubs: Record<string, unknown> = { 'phoneCode:check': { state: 'expired' } }
    const talk = start({ stubs })
    talk.feed({ in: 'text', text: '123456' })
    expect(talk.said).to.contain('失效')
    expect(talk.effects.find(({ fx }) => fx === 'say'))
      .to.have.property('choices')
      .with.length(2)
  })

  it('where nothing can be sent the flow goes another way', () => {
    const stubs = { 'phoneCode:send': { error: 'NO_SMS_ACCOUNT' } }
    expect(start({ stubs }).said).to.match(/^发不出/)
    const bare = doc()
    delete bare.blocks.prove!.out!.unavailable
    expect(new Talk(bare, { channel: 'sms', stubs }).said).to.match(/^没有通过/)
  })

  it('a turn repeated after a crash asks for the same code, not for another', () => {
    const flow = { id: 'main', version: 1, doc: doc() }
    const world = {
      channel: 'wechat' as const,
      nowMs: 0,
      contact: { phone: '13800000000' },
      conversationId: 'c1',
      flow: () => flow,
      hours: () => 'open' as const,
    }
    const first = () => turn(startState(flow), { in: 'start' }, world).call
    expect(first()).to.include({ kind: 'phoneCode', op: 'send', key: 'c1:main:prove:1' })
    expect(first()).to.deep.equal(first())
  })
})
