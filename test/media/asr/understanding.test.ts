import { expect } from 'chai'
import type { AsrProvider } from '../../../media/asr/asr.ts'
import { createAsr } from '../../../media/asr/asr-service.ts'
import { createSpeechDetector } from '../../../media/vad/detector.ts'
import { begins, listen } from '../vad/listening.ts'
import { noise, overG711, silence } from '../vad/sounds.ts'
import type { Voice } from '../voice.ts'
import { createVoice } from '../voice.ts'
import { outcome, speak, understand } from './caller.ts'
import { installTestModel, line, noLibvosk, understood } from './test-models.ts'

describe('callers understood by the real libvosk', () => {
  let asr: AsrProvider
  let voice: Voice
  before(async function () {
    if (noLibvosk()) this.skip()
    this.timeout(60_000)
    voice = createVoice()
    asr = createAsr({ modelsDir: installTestModel('zh', 'en'), production: false })
    await understood(asr, 'zh', 'en')
  })
  after(() => Promise.all([asr?.stop(), voice?.stop()]))

  const words: [string, string[]][] = [
    ['zh-CN', ['投诉', '人工', '酒店', '门票', '不是', '普通话']],
    ['en', ['yes', 'agent', 'hotel', 'ticket', 'complaint', 'repeat']],
  ]
  for (const [locale, all] of words) {
    it(`${locale}: voice, telephone line, speech detector, recogniser, text`, async () => {
      for (const word of all) {
        const pcm = line(await voice.say(word, locale))
        expect(begins(listen(createSpeechDetector(), pcm)), word).to.have.lengthOf(1)
        expect(await understand(asr, locale, pcm)).to.include({ text: word })
      }
    })
  }

  it('a number is said digit by digit, with 幺 for one', async () => {
    const pcm = line(await voice.say('幺二三零幺', 'zh'))
    const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
    expect(await understand(asr, 'zh', pcm, digits)).to.include({ text: '幺二三零幺' })
    const english = line(await voice.say('two three zero', 'en'))
    expect(await understand(asr, 'en', english, digits)).to.include({ text: 'two three zero' })
  })

  it('where a menu offers phrases, nothing else is heard', async () => {
    const menu = ['酒店', '门票', '人工']
    const offered = await understand(asr, 'zh', line(await voice.say('门票', 'zh')), menu)
    expect(offered).to.include({ text: '门票' })
    const stream = asr.open({ locale: 'zh', phrases: menu, endSilenceMs: 600, maxMs: 10_000 })
    const heard = outcome(stream)
    await speak(stream, line(await voice.say('天气', 'zh'), 200))
    stream.finish()
    expect(await heard).to.include({ text: '' })
    stream.close()
  })

  it('words are told while they are said', async () => {
    const stream = asr.open({ locale: 'zh', endSilenceMs: 600, maxMs: 10_000 })
    const partials: string[] = []
    stream.onPartial = (text) => partials.push(text)
    const heard = outcome(stream)
    await speak(stream, line(await voice.say('二三零', 'zh', 0.8)))
    expect(await heard).to.include({ text: '二三零' })
    stream.close()
    expect(partials).to.not.be.empty
    for (const partial of partials) expect('二三零').to.contain(partial)
  })

  it('one stream gives one utterance after the other', async () => {
    const stream = asr.open({ locale: 'en', endSilenceMs: 500, maxMs: 10_000 })
    for (const word of ['hotel', 'weather']) {
      const heard = outcome(stream)
      await speak(stream, line(await voice.say(word, 'en')))
      expect(await heard).to.include({ text: word })
    }
    stream.close()
  })

  it('two callers speak at once, each in another language', async () => {
    const [zh, en] = [line(await voice.say('咨询', 'zh')), line(await voice.say('traffic', 'en'))]
    const [first, second] = await Promise.all([
      understand(asr, 'zh', zh),
      understand(asr, 'en', en),
    ])
    expect(first).to.include({ text: '咨询' })
    expect(second).to.include({ text: 'traffic' })
  })

  it('an utterance that does not end is cut at its longest', async () => {
    const stream = asr.open({ locale: 'zh', endSilenceMs: 5000, maxMs: 1000 })
    const first = new Promise((resolve) => (stream.onPartial = resolve))
    const heard = outcome(stream)
    const digits = '二三零五六七'
    const spoken = overG711(await voice.say(digits, 'zh', 0.7))
    await speak(stream, spoken.subarray(0, spoken.length / 2))
    await first
    await speak(stream, spoken.subarray(spoken.length / 2))
    const result = (await heard) as { text: string }
    expect(digits).to.contain(result.text)
    expect(result.text).to.not.be.empty
    stream.close()
  })

  it('a caller who said nothing is answered with nothing', async () => {
    const stream = asr.open({ locale: 'zh', endSilenceMs: 600, maxMs: 10_000 })
    const heard = outcome(stream)
    await speak(stream, silence(1000))
    stream.finish()
    expect(await heard).to.deep.equal({ text: '', confidence: 0 })
    stream.close()
  })

  it('noise alone is no utterance', async () => {
    const stream = asr.open({ locale: 'zh', phrases: ['投诉'], endSilenceMs: 600, maxMs: 10_000 })
    const finals: unknown[] = []
    stream.onFinal = (result) => finals.push(result)
    await speak(stream, noise(1500, 300))
    await speak(stream, silence(1500))
    const heard = outcome(stream)
    await speak(stream, line(await voice.say('投诉', 'zh')))
    expect(await heard).to.include({ text: '投诉' })
    expect(finals).to.deep.equal([])
    stream.close()
  })

  it('streams are counted while they are open', () => {
    const stream = asr.open({ locale: 'zh', endSilenceMs: 600, maxMs: 10_000 })
    expect(asr.status().streams).to.equal(1)
    stream.close()
    stream.close()
    expect(asr.status().streams).to.equal(0)
  })

  it('a language without a model is refused by name', () => {
    expect(() => asr.open({ locale: 'ja-JP', endSilenceMs: 600, maxMs: 10_000 })).to.throw(
      /NO_SPEECH_MODEL/,
    )
  })
})
