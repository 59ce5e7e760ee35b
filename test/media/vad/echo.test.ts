import { expect } from 'chai'
import { createSpeechDetector } from '../../../media/vad/detector.ts'
import { createEchoCanceller } from '../../../media/vad/echo-canceller.ts'
import { createVoice } from '../voice.ts'
import { begins, listen } from './listening.ts'
import { atLevel, echoOf, frames, join, mix, noise, overG711, silence } from './sounds.ts'

const PROMPTS = [
  ['欢迎致电旅游服务热线。投诉请按一，咨询请按二，人工服务请按零。', 'zh-CN'],
  ['今天北京天气晴，气温二十度，适合出游。', 'zh-CN'],
  ['Welcome to the tourist hotline. For hotels press one, for tickets press two.', 'en'],
  ['All our agents are busy. Please hold the line, your call is important to us.', 'en'],
] as const
const CALLERS = [
  ['转人工', 'zh-CN'],
  ['我要投诉', 'zh-CN'],
  ['Excuse me, I want to talk to an agent', 'en'],
] as const
const PROMPT_DB = -18
const INTERRUPTS_AT_MS = 2000
/** 160 ms after the word has begun, which may be softly; the rest is room for a sibilant at its beginning */
const DECIDED_BY_MS = INTERRUPTS_AT_MS + 700

const powerDb = (pcm: Int16Array) =>
  10 * Math.log10(pcm.reduce((sum, sample) => sum + sample * sample, 1) / pcm.length / 32_768 ** 2)

describe('a prompt that comes back as an echo', function () {
  // four prompts and twelve interruptions: three seconds of computing each, more on a busy machine
  this.timeout(60_000)
  const voice = createVoice()
  const prompts: Int16Array[] = []
  const callers: Int16Array[] = []
  before(async () => {
    for (const [text, locale] of PROMPTS) {
      prompts.push(overG711(atLevel(await voice.say(text, locale), PROMPT_DB)))
    }
    for (const [text, locale] of CALLERS) {
      callers.push(atLevel(await voice.say(text, locale, 1.1), -22))
    }
  })
  after(() => voice.stop())

  /** The caller's line while a prompt plays: its echo, some noise, and perhaps a caller. */
  function line(prompt: Int16Array, returnLossDb: number, caller?: Int16Array): Int16Array {
    const echo = echoOf(prompt, returnLossDb, 40)
    const quiet = mix(echo, noise(echo.length / 8, 33))
    return overG711(caller ? mix(quiet, caller, INTERRUPTS_AT_MS) : quiet)
  }

  for (const returnLossDb of [10, 15, 35]) {
    it(`is not taken for the caller, ${returnLossDb} dB weaker`, () => {
      const wrong = prompts.filter(
        (prompt) =>
          begins(listen(createSpeechDetector(), line(prompt, returnLossDb), prompt)).length,
      )
      expect(wrong.length, 'prompts that would interrupt themselves').to.be.at.most(1)
    })
  }

  for (const returnLossDb of [15, 25]) {
    it(`seldom hides a caller who speaks into it, ${returnLossDb} dB weaker`, () => {
      const pairs = prompts.flatMap((prompt) => callers.map((caller) => ({ prompt, caller })))
      const missed = pairs.filter(({ prompt, caller }) => {
        const whole = line(prompt, returnLossDb, caller)
        const turns = listen(createSpeechDetector(), whole.subarray(0, DECIDED_BY_MS * 8), prompt)
        return !begins(turns).some(({ atMs }) => atMs >= INTERRUPTS_AT_MS)
      })
      expect(missed.length, `missed of ${pairs.length}`).to.be.at.most(3)
    })
  }

  it('is known over resets: what was learnt of a line is not learnt again', () => {
    const [prompt] = prompts as [Int16Array]
    const detector = createSpeechDetector()
    listen(detector, line(prompt, 12), prompt)
    detector.reset()
    expect(begins(listen(detector, line(prompt, 12), prompt))).to.deep.equal([])
  })

  it('a line found to have none is interrupted sooner', () => {
    const [prompt] = prompts as [Int16Array]
    const [caller] = callers as [Int16Array]
    const spoken = overG711(mix(silence(prompt.length / 8), caller, INTERRUPTS_AT_MS))
    const beginOf = (detector = createSpeechDetector()) =>
      begins(listen(detector, spoken, prompt))[0]!.atMs
    const known = createSpeechDetector()
    listen(known, overG711(silence(prompt.length / 8)), prompt)
    known.reset()
    expect(beginOf(known)).to.be.below(beginOf() - 40)
  })

  it('where one turns up on such a line, it is found out after a prompt or two', () => {
    const detector = createSpeechDetector()
    const [prompt] = prompts as [Int16Array]
    listen(detector, overG711(silence(prompt.length / 8)), prompt)
    const wrong = prompts.map((each) => {
      detector.reset()
      return begins(listen(detector, line(each, 15), each)).length
    })
    expect(wrong.slice(2), String(wrong)).to.deep.equal([0, 0])
  })

  it('would interrupt itself without the canceller', () => {
    const heard = prompts.filter(
      (prompt) => begins(listen(createSpeechDetector(), line(prompt, 15))).length > 0,
    )
    expect(heard).to.have.lengthOf(prompts.length)
  })

  it('is still known for an echo shortly after it has ended', () => {
    const [prompt] = prompts as [Int16Array]
    const late = join(echoOf(prompt, 25, 150), silence(1000))
    expect(begins(listen(createSpeechDetector(), late, prompt))).to.deep.equal([])
  })

  it('is 10 dB weaker after the canceller once it has learnt the line', () => {
    const [prompt] = prompts as [Int16Array]
    const near = line(prompt, 15)
    const canceller = createEchoCanceller()
    const clean = new Int16Array(160)
    const far = [...frames(prompt)]
    const left = [...frames(near)].map((frame, at) => {
      canceller.process(frame, far[at], clean)
      return clean.slice()
    })
    const secondHalf = Math.floor(far.length / 2)
    const before = powerDb(near.subarray(secondHalf * 160, far.length * 160))
    const after = powerDb(join(...left.slice(secondHalf, far.length)))
    expect(before - after).to.be.above(10)
  })

  it('leaves what a caller says untouched while nothing is played', () => {
    const canceller = createEchoCanceller()
    const clean = new Int16Array(160)
    for (const frame of frames(callers[0]!)) {
      canceller.process(frame, undefined, clean)
      expect(clean).to.deep.equal(frame)
    }
  })
})
