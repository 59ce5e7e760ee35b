import { expect } from 'chai'
import loadEspeak from '@echogarden/espeak-ng-emscripten'
import { markupOf } from '../../../media/tts/espeak/markup-of.ts'
import { pinyinOf } from '../../../media/tts/espeak/pinyin-of.ts'
import { createSynthesizer } from '../../../media/tts/espeak/synthesizer.ts'
import type { Synthesizer } from '../../../media/tts/espeak/synthesizer.ts'
import { normalise } from '../../../media/tts/normalise/normalise.ts'
import { pitchContour } from './pitch-contour.ts'

describe('hanzi as pinyin', () => {
  const READINGS: [string, string][] = [
    // characters of several readings, by the word they stand in
    ['银行', 'yin2 hang2'],
    ['行李', 'xing2 li5'],
    ['重庆', 'chong2 qing4'],
    ['重要', 'zhong4 yao4'],
    ['音乐厅', 'yin1 yue4 ting1'],
    ['快乐', 'kuai4 le4'],
    ['长安', 'chang2 an1'],
    ['长大', 'zhang3 da4'],
    ['还有', 'hai2 you3'],
    ['地方', 'di4 fang5'],
    ['便宜', 'pian2 yi5'],
    // ü
    ['旅游热线', 'lv3 you2 re4 xian4'],
    ['女士', 'nv3 shi4'],
    // the sandhi of 一 and 不
    ['一个', 'yi2 ge4'],
    ['不是', 'bu2 shi4'],
    // and none in rows of digits and in ordinals
    ['二零一九年', 'er4 ling2 yi1 jiu3 nian2'],
    ['第一次', 'di4 yi1 ci4'],
    ['按一', 'an4 yi1'],
    ['幺二三零幺', 'yao1 er4 san1 ling2 yao1'],
  ]
  for (const [hanzi, pinyin] of READINGS) {
    it(`${hanzi} → ${pinyin}`, () => expect(pinyinOf(hanzi)).to.equal(pinyin))
  }
})

describe('what espeak is given', () => {
  it('hanzi as pinyin, English words in an English voice', () => {
    expect(markupOf('请到hotel前台', 'cmn-latn-pinyin')).to.equal(
      'qing3 dao4 <voice xml:lang="en-us">hotel</voice> qian2 tai2',
    )
  })

  it('Chinese names within English by the Mandarin voice', () => {
    expect(markupOf('Visit 大雁塔 today', 'en-us')).to.equal(
      'Visit <voice xml:lang="cmn-latn-pinyin">da4 yan4 ta3</voice> today',
    )
  })

  it('letters by their names, the article as the article', () => {
    expect(markupOf('flight C A one, A museum', 'en-us')).to.equal(
      'flight <say-as interpret-as="characters">CA</say-as> one, A museum',
    )
  })

  it('no markup that came with the text', () => {
    const given = markupOf('a <voice name="x"> & b', 'en-us')
    expect(given).not.to.match(/[<>&]/)
  })
})

describe('Mandarin as it sounds', function () {
  this.timeout(30_000)
  let phonemes: (text: string) => string
  let synthesizer: Synthesizer

  before(async () => {
    synthesizer = await createSynthesizer()
    const { eSpeakNGWorker } = await loadEspeak()
    const worker = new eSpeakNGWorker()
    phonemes = (text) => {
      worker.set_voice('cmn-latn-pinyin')
      let said = ''
      const markup = markupOf(normalise(text, 'zh-CN'), 'cmn-latn-pinyin')
      const collect = (_pcm: Int16Array, events: { type: string; id?: unknown }[]) => {
        for (const { type, id } of events) if (type === 'phoneme') said += String(id)
        return false
      }
      worker.synthesize(markup, collect as (pcm: Int16Array) => boolean)
      return said.replace(/\([a-z-]+\)|[ˈˌ.]/g, '')
    }
  })

  it('has the phonemes of the right readings', () => {
    // espeak's own dictionary of hanzi says yin xing, zhong qing, yin le
    expect(phonemes('银行')).to.equal('jinχɑŋ')
    expect(phonemes('重庆')).to.equal('tshonɡtɕhiŋ')
    expect(phonemes('音乐')).to.equal('jinjyɛ')
    expect(phonemes('旅游')).to.equal('lyjiou')
  })

  it('says 12301 as 幺二三零幺', () => {
    expect(phonemes('12301')).to.equal(phonemes('幺二三零幺'))
    expect(phonemes('12301')).not.to.equal(phonemes('一二三零一'))
  })

  it('has the four tones: level, rising, low, falling', () => {
    const contour = (hanzi: string) => {
      const pcm: number[] = []
      const onAudio = (part: Int16Array) => {
        pcm.push(...part)
        return false
      }
      synthesizer.speak({ text: hanzi, pauseMs: 0 }, 'cmn-latn-pinyin', 1, onAudio)
      return pitchContour(Int16Array.from(pcm))
    }
    const [level, rising, low, falling] = ['诗', '时', '史', '是'].map(contour)
    const change = ({ start, end }: { start: number; end: number }) => end / start
    expect(change(level!), 'first tone').to.be.within(0.9, 1.1)
    expect(change(rising!), 'second tone').to.be.above(1.15)
    expect(change(falling!), 'fourth tone').to.be.below(0.85)
    expect(low!.lowest, 'third tone').to.be.below(level!.lowest * 0.85)
  })
})
