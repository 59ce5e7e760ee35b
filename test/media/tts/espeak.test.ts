import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { EspeakProvider } from '../../../media/tts/espeak/provider.ts'
import { createEspeakProvider } from '../../../media/tts/espeak/provider.ts'
import { CEILING } from '../../../media/prompts/limiter.ts'
import { Refusal } from '../../../media/tts/refusal.ts'
import { heard, levelOf, peakOf } from './listening.ts'

const patient = () => new AbortController().signal

const LONG = '兵马俑位于陕西省西安市临潼区，是第一批全国重点文物保护单位。'.repeat(30)

describe('espeak in its own process', function () {
  this.timeout(30_000)
  let espeak: EspeakProvider
  let errors: Error[]

  before(() => {
    espeak = createEspeakProvider({
      onError: (error) => errors.push(error),
      backOffMs: 10,
      maxAudioMs: 40_000,
    })
  })
  beforeEach(() => {
    errors = []
  })
  after(() => espeak.stop())

  const say = (text: string, locale = 'zh-CN') =>
    heard(espeak.synthesize({ text, locale }, patient()))

  it('speaks every language it claims, at one level and below −3 dBFS', async () => {
    const TEXTS: [string, string][] = [
      ['zh-CN', '您好，欢迎致电旅游服务热线。'],
      ['en', 'Welcome to the tourist hotline.'],
      ['yue', '你好，歡迎致電旅遊熱線。'],
      ['ja', 'いらっしゃいませ。'],
      ['ko', '안녕하세요. 관광 안내 전화입니다.'],
    ]
    for (const [locale, text] of TEXTS) {
      const pcm = await say(text, locale)
      expect(pcm.length / 8000, `${locale} seconds`).to.be.within(0.6, 6)
      expect(peakOf(pcm), `${locale} peak`).to.be.at.most(Math.ceil(CEILING))
      expect(levelOf(pcm), `${locale} level`).to.be.within(-22, -16)
    }
  })

  it('speaks with the voice that is asked for, whoever spoke before', async () => {
    const text = 'Welcome to the tourist hotline.'
    const by = (voice: string) => heard(espeak.synthesize({ text, locale: 'en', voice }, patient()))
    const british = await by('en-gb')
    await by('cmn-latn-pinyin+f2')
    // its breath is noise, so no two takes are alike but in length
    expect((await by('en-gb')).length)
      .to.equal(british.length)
      .and.not.equal((await by('en-us')).length)
    for (const { id } of await espeak.voices()) {
      const pcm = await by(id.startsWith('ja') ? 'en-us' : id)
      expect(levelOf(pcm), id).to.be.within(-22.5, -16)
      expect(peakOf(pcm), id).to.be.at.most(Math.ceil(CEILING))
    }
  })

  it('speaks twice as fast at rate 2', async () => {
    const text = '您好，欢迎致电旅游服务热线。'
    const normal = await heard(espeak.synthesize({ text, locale: 'zh-CN', rate: 1 }, patient()))
    const fast = await heard(espeak.synthesize({ text, locale: 'zh-CN', rate: 2 }, patient()))
    expect(fast.length / normal.length).to.be.within(0.4, 0.65)
  })

  it('refuses kanji and languages it does not have, and is well afterwards', async () => {
    const failed = (text: string, locale: string) =>
      say(text, locale).then(
        () => undefined,
        (error: unknown) => error,
      )
    expect(await failed('日本語', 'ja')).to.be.instanceOf(Refusal)
    expect(await failed('hola', 'xx')).to.be.instanceOf(Refusal)
    expect((await say('你好')).length).to.be.above(1000)
  })

  it('gives a short text its turn while a long one is being made', async () => {
    const order: string[] = []
    const long = say(LONG).then(() => order.push('long'))
    const short = say('你好').then(() => order.push('short'))
    await Promise.all([long, short])
    expect(order).to.deep.equal(['short', 'long'])
  })

  it('says why to a listener who is cut off', async () => {
    const listening = new AbortController()
    const stream = espeak.synthesize({ text: LONG, locale: 'zh-CN' }, listening.signal)
    const error = await (async () => {
      for await (const frame of stream) if (frame.length) listening.abort(new Error('hung up'))
    })().then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.equal('hung up')
  })

  it('ends where it must, however long the text is', async () => {
    const pcm = await say(LONG)
    expect(pcm.length / 8000).to.be.within(40, 42)
  })

  it('killed in the middle: only that request fails, the next is spoken by a new process', async () => {
    await say('你好')
    const before = espeak.child.pid()!
    let killed = false
    const error = await (async () => {
      for await (const frame of espeak.synthesize({ text: LONG, locale: 'zh-CN' }, patient())) {
        if (frame.length && !killed) killed = process.kill(before, 'SIGKILL')
      }
    })().then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.contain('SIGKILL')
    expect((await say('你好')).length).to.be.above(1000)
    expect(espeak.child.pid()).not.to.equal(before)
    expect(errors).to.have.length(1)
  })

  it('killed before a word was said: the next process says it, nobody notices', async () => {
    for (let round = 0; round < 2; round++) {
      expect((await say('你好')).length).to.be.above(1000)
      process.kill(espeak.child.pid()!, 'SIGKILL')
    }
    expect((await say('你好')).length).to.be.above(1000)
    expect(errors).to.have.length(2)
  })
})

describe('espeak that hangs', function () {
  this.timeout(30_000)

  it('is killed, and who waited is served by the next', async function () {
    if (process.platform !== 'linux') this.skip()
    const errors: Error[] = []
    const espeak = createEspeakProvider({
      onError: (error) => errors.push(error),
      backOffMs: 10,
      silentMs: 3000,
    })
    try {
      const say = () => heard(espeak.synthesize({ text: '你好', locale: 'zh-CN' }, patient()))
      await say()
      const hanging = espeak.child.pid()!
      process.kill(hanging, 'SIGSTOP')
      expect((await say()).length).to.be.above(1000)
      expect(errors.map(String).join()).to.contain('SIGKILL')
      expect(() => process.kill(hanging, 0)).to.throw()
    } finally {
      await espeak.stop()
    }
  })
})

describe('espeak when the gateway ends', function () {
  this.timeout(30_000)

  it('ends with it', async function () {
    if (process.platform !== 'linux') this.skip()
    const espeak = createEspeakProvider()
    await heard(espeak.synthesize({ text: '你好', locale: 'zh-CN' }, patient()))
    const pid = espeak.child.pid()!
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).to.contain('espeak')
    await espeak.stop()
    expect(() => process.kill(pid, 0)).to.throw()
  })
})
