/** Who speaks: the flow for each language, a wording for itself, and whoever calls a flow that says nothing. */
import { expect } from 'chai'
import type { Block, FlowDoc } from '../../../bots/flow/schema.ts'
import { spokenTexts } from '../../../bots/flow/spoken-texts.ts'
import type { EffectOf } from '../../../bots/flow/state.ts'
import { voicedFlows } from '../../../bots/flow/voiced-flows.ts'
import { voiceIn } from '../../../bots/flow/voices.ts'
import { flowHash } from '../../../bots/flow/versions.ts'
import { choice, flowOf, prompt, Talk } from './documents.ts'

const voices = { 'zh-CN': { voice: 'lan', speed: 0.8 }, en: { speed: 1.2 } }
const hello: Block = {
  type: 'say',
  prompt: { 'zh-CN': { text: '您好', voice: 'bo' }, en: { text: 'Hello' } },
  out: { next: 'plain' },
}
const plain: Block = { type: 'say', prompt: prompt('请稍候', 'Please hold'), out: { next: 'end' } }
const flow = () => flowOf({ hello, plain }, { voices })

const heardIn = (talk: Talk) =>
  talk.effects
    .filter((effect): effect is EffectOf<'say'> => effect.fx === 'say')
    .map(({ text, voice, speed }) => [text, voice, speed])

describe('who speaks a text', () => {
  it('the voice of the flow; a wording may have its own, and keeps the speed of the flow', () => {
    expect(heardIn(new Talk(flow(), { channel: 'voice' }))).to.deep.equal([
      ['您好', 'bo', 0.8],
      ['请稍候', 'lan', 0.8],
      ['再见', 'lan', 0.8],
    ])
    expect(heardIn(new Talk(flow(), { channel: 'voice', lang: 'en' }))[0]).to.deep.equal([
      'Hello',
      undefined,
      1.2,
    ])
  })

  it('nobody where it is read', () => {
    for (const said of heardIn(new Talk(flow(), { channel: 'wechat' })))
      expect(said.slice(1)).to.deep.equal([undefined, undefined])
  })

  it('a sub-flow without a voice speaks with that of its caller, one with a voice with its own', () => {
    const inside = (more: Partial<FlowDoc>) => flowOf({ plain }, { id: 'in', kind: 'sub', ...more })
    const main = flowOf(
      { call: { type: 'subflow', flow: 'in', out: { next: 'end', error: 'end' } } },
      { voices },
    )
    const first = (sub: FlowDoc) => heardIn(new Talk(main, { channel: 'voice' }, [sub]))[0]
    expect(first(inside({}))).to.deep.equal(['请稍候', 'lan', 0.8])
    expect(first(inside({ voices: { 'zh-CN': { voice: 'mei' } } }))).to.deep.equal([
      '请稍候',
      'mei',
      0.8,
    ])
  })

  it('each language in its own voice, where choices are offered in several', () => {
    const doc = flowOf(
      {
        tongue: {
          type: 'language',
          prompt: prompt('请选语言', 'Choose a language'),
          choices: [
            { lang: 'zh-CN', dtmf: '1', label: '中文' },
            { lang: 'en', dtmf: '2', label: 'English' },
          ],
          out: { next: 'end' },
        },
      },
      { voices },
    )
    const said = heardIn(new Talk(doc, { channel: 'voice' }))
    expect(said.at(-1)!.slice(1)).to.deep.equal([undefined, 1.2])
  })

  it('a voice of the same language elsewhere will do, one of another language never', () => {
    expect(voiceIn([{ voices: { zh: { voice: 'lan' } } }], 'zh-CN')).to.deep.equal({ voice: 'lan' })
    expect(voiceIn([{ voices }], 'ja')).to.deep.equal({})
  })
})

describe('what is synthesised beforehand', () => {
  it('is what callers will hear: the same voice, the same speed', () => {
    const texts = spokenTexts({ id: 'main', version: 1, doc: flow() })
    expect(texts).to.deep.include({ text: '您好', lang: 'zh-CN', voice: 'bo', speed: 0.8 })
    expect(texts).to.deep.include({ text: 'Please hold', lang: 'en', speed: 1.2 })
    expect(spokenTexts({ id: 'main', version: 1, doc: flowOf({ plain }) })[0]).to.deep.equal({
      text: '请稍候',
      lang: 'zh-CN',
    })
  })

  it('a sub-flow once for each voice it is heard in', () => {
    const call: Block = { type: 'subflow', flow: 'in', out: { next: 'end', error: 'end' } }
    const docs = [
      flowOf({ call }, { id: 'one', voices }),
      flowOf({ call }, { id: 'two', voices: { 'zh-CN': { voice: 'bo' } } }),
      flowOf({ call }, { id: 'three', voices }),
      flowOf({ plain }, { id: 'in', kind: 'sub' }),
    ]
    const heard = voicedFlows(docs.map((doc) => ({ id: doc.id, version: 1, doc })))
    const inside = heard.filter(({ id }) => id === 'in')
    expect(heard).to.have.length(5)
    expect(
      inside.map(({ doc }) => doc.voices?.['zh-CN']?.voice).sort(), // prettier-ignore
    ).to.deep.equal(['bo', 'lan'])
  })
})

describe('a document with voices', () => {
  it('is another version when a voice or a speed changes', () => {
    const other = flow()
    other.voices = { 'zh-CN': { voice: 'lan', speed: 0.9 }, en: { speed: 1.2 } }
    expect(flowHash(other)).to.not.equal(flowHash(flow()))
  })

  it('refuses a speed nobody understands', () => {
    expect(() => flowOf({ plain }, { voices: { en: { speed: 3 } } })).to.throw('voices')
    expect(() => flowOf({ menu: menuAt(0.4) })).to.throw('speed')
  })
})

const menuAt = (speed: number): Block => ({
  type: 'menu',
  prompt: { 'zh-CN': { text: '请选', speed }, en: { text: 'Choose' } },
  choices: [choice('a', '1', '甲', 'A')],
  out: { a: 'end', noMatch: 'end' },
})
