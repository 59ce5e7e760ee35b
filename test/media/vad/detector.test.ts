import { expect } from 'chai'
import { createSpeechDetector } from '../../../media/vad/detector.ts'
import type { Silero } from '../../../media/vad/silero.ts'
import { createSilero } from '../../../media/vad/silero.ts'
import { createVoice } from '../voice.ts'
import { begins, listen } from './listening.ts'
import { atLevel, frames, join, mix, noise, overG711, silence, tones } from './sounds.ts'

const SENTENCES = [
  ['您好，我要投诉酒店', 'zh-CN'],
  ['请问故宫门票多少钱', 'zh-CN'],
  ['人工服务', 'zh-CN'],
  ['Hello, I would like to talk to an agent', 'en'],
  ['What will the weather be tomorrow?', 'en'],
  ['Hotel', 'en'],
] as const

/** Keys as a caller presses them: 100 ms, ITU-T Q.23. */
const keys = () =>
  join(
    ...[770, 852, 941, 697].flatMap((low, n) => [
      tones(100, [low, [1209, 1336, 1477][n % 3]!], 6000),
      silence(120),
    ]),
  )

describe('speech detector', () => {
  const voice = createVoice()
  const spoken: Int16Array[] = []
  before(async () => {
    for (const [text, locale] of SENTENCES) {
      spoken.push(atLevel(await voice.say(text, locale), -22))
    }
  })
  after(() => voice.stop())

  for (const snr of [40, 10]) {
    it(`hears the beginning and the end of each sentence, ${snr} dB above the noise`, () => {
      for (const sentence of spoken) {
        const line = join(silence(800), sentence, silence(1500))
        const rms = 32_768 * 10 ** ((-22 - snr) / 20)
        const turns = listen(
          createSpeechDetector(),
          overG711(mix(line, noise(line.length / 8, rms))),
        )
        expect(turns.map(({ change }) => change)).to.deep.equal(['begin', 'end'])
        const [begin, end] = turns.map(({ atMs }) => atMs) as [number, number]
        const lastsMs = sentence.length / 8
        // three windows of 32 ms, and the soft beginning of a word
        expect(begin).to.be.within(800, 800 + 400)
        // 500 ms of silence, counted from where the voice fades
        expect(end).to.be.within(800 + lastsMs + 200, 800 + lastsMs + 900)
      }
    })
  }

  const nobody: [string, () => Int16Array][] = [
    ['silence', () => silence(4000)],
    ['noise at -40 dBFS', () => noise(4000, 330)],
    ['noise that sets in suddenly at -26 dBFS', () => join(silence(1000), noise(3000, 1640, 7))],
    ['keys', () => join(silence(500), keys(), silence(500), keys(), silence(1000))],
    [
      'ringing tone of 450 Hz',
      () => join(tones(1000, [450], 4000), silence(1000), tones(1000, [450], 4000)),
    ],
    [
      'busy tone',
      () => join(...Array.from({ length: 5 }, () => join(tones(350, [450], 8000), silence(350)))),
    ],
    ['a hum of the mains', () => tones(4000, [50, 150], 500)],
  ]
  for (const [what, sound] of nobody) {
    it(`takes ${what} for nobody`, () => {
      expect(listen(createSpeechDetector(), overG711(sound()))).to.deep.equal([])
    })
  }

  it('tells two sentences apart by a pause of a second, and takes a short one for a breath', () => {
    const [sentence] = spoken as [Int16Array]
    const apart = join(silence(400), sentence, silence(1200), sentence, silence(1200))
    expect(begins(listen(createSpeechDetector(), apart))).to.have.lengthOf(2)
    const breath = join(silence(400), sentence, silence(200), sentence, silence(1200))
    expect(begins(listen(createSpeechDetector(), breath))).to.have.lengthOf(1)
  })

  it('does not trouble Silero while a line is quiet', () => {
    const silero = createSilero()
    let looked = 0
    const counted: Silero = {
      ...silero,
      probability: (window) => (looked++, silero.probability(window)),
    }
    listen(createSpeechDetector(counted), noise(30_000, 20))
    expect(looked).to.equal(0)
  })

  it('begins anew after a reset, in the middle of a sentence too', () => {
    const detector = createSpeechDetector()
    const [sentence] = spoken as [Int16Array]
    const half = [...frames(sentence)].slice(0, 30)
    for (const frame of half) detector.process(frame, undefined)
    detector.reset()
    const turns = listen(detector, join(silence(500), sentence, silence(1000)))
    expect(turns.map(({ change }) => change)).to.deep.equal(['begin', 'end'])
  })
})
