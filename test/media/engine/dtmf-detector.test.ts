import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import { DtmfDetector } from '../../../media/engine/dtmf-detector.ts'
import { tonesOf } from '../../../media/engine/dtmf-tones.ts'

const KEYS = '123A456B789C*0#D'

interface Press {
  onMs?: number
  offMs?: number
  /** of the high tone over the low one, in dB */
  twistDb?: number
  amplitude?: number
  /** of the frequencies, in percent */
  offTune?: number
  noise?: number
}

function dial(keys: string, press: Press = {}): Int16Array {
  const { onMs = 60, offMs = 60, twistDb = 0, amplitude = 5000, offTune = 0, noise = 0 } = press
  const samples: number[] = new Array<number>(37).fill(0)
  // one generator for all runs, so that a failure is the same again
  let seed = 1
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5
  for (const key of keys) {
    const [low, high] = tonesOf(key)!.map((hz) => hz * (1 + offTune / 100))
    for (let i = 0; i < onMs * 8; i++) {
      const at = (2 * Math.PI * i) / 8000
      samples.push(
        amplitude * (Math.sin(low! * at) + 10 ** (twistDb / 20) * Math.sin(high! * at)) +
          noise * random(),
      )
    }
    for (let i = 0; i < offMs * 8; i++) samples.push(noise * random())
  }
  return Int16Array.from(samples)
}

function listen(pcm: Int16Array): string {
  const detector = new DtmfDetector()
  let keys = ''
  for (let at = 0; at + 160 <= pcm.length; at += 160) {
    keys += detector.process(pcm.subarray(at, at + 160)) ?? ''
  }
  return keys
}

describe('keys as tones in the audio', () => {
  it('all sixteen, one press each', () => expect(listen(dial(KEYS))).to.equal(KEYS))
  it('the same key again and again', () => expect(listen(dial('1111'))).to.equal('1111'))
  it('held down it is one press', () => expect(listen(dial('7', { onMs: 3000 }))).to.equal('7'))
  it('quick ones', () => expect(listen(dial(KEYS, { onMs: 50, offMs: 50 }))).to.equal(KEYS))
  it('with the high tone louder or softer', () => {
    expect(listen(dial(KEYS, { twistDb: 4 }))).to.equal(KEYS)
    expect(listen(dial(KEYS, { twistDb: -8 }))).to.equal(KEYS)
  })
  it('soft, loud, off tune by 1.5 % and in noise', () => {
    expect(listen(dial(KEYS, { amplitude: 500 }))).to.equal(KEYS)
    expect(listen(dial(KEYS, { amplitude: 16_000 }))).to.equal(KEYS)
    expect(listen(dial(KEYS, { offTune: 1.5 }))).to.equal(KEYS)
    expect(listen(dial(KEYS, { noise: 3000 }))).to.equal(KEYS)
  })
  it('not single tones, dial tones, clicks of 15 ms or too much twist', () => {
    const sine = (...hz: number[]) =>
      Int16Array.from({ length: 8000 }, (_, i) =>
        hz.reduce((sum, each) => sum + 6000 * Math.sin((2 * Math.PI * each * i) / 8000), 0),
      )
    expect(listen(sine(697))).to.equal('')
    expect(listen(sine(1336))).to.equal('')
    expect(listen(sine(350, 440))).to.equal('')
    expect(listen(sine(697, 770))).to.equal('')
    expect(listen(dial(KEYS, { onMs: 15, offMs: 60 }))).to.equal('')
    expect(listen(dial(KEYS, { twistDb: 14 }))).to.equal('')
  })

  it('not in two minutes of speech of several voices', function () {
    this.timeout(60_000)
    const text =
      'Dear visitors, the hotline for tourists answers at any hour. Sunrise at the western gate, tickets by the lake, ' +
      'please remember the number of your complaint and tell it to us when you call again. '
    for (const voice of ['en', 'en+f3', 'cmn', 'en+m7', 'fr', 'cmn+f2']) {
      const espeak = spawnSync('espeak-ng', ['-v', voice, '--stdout', text.repeat(2)], {
        maxBuffer: 2 ** 26,
      })
      const sox = spawnSync('sox', ['-t', 'wav', '-', '-r', '8000', '-t', 's16', '-L', '-'], {
        input: espeak.stdout,
        maxBuffer: 2 ** 26,
      })
      if (espeak.error || sox.error) {
        this.test!.title += ' — espeak-ng or sox is not installed (apt install espeak-ng sox)'
        this.skip()
      }
      const pcm = new Int16Array(sox.stdout.length / 2)
      for (let i = 0; i < pcm.length; i++) pcm[i] = sox.stdout.readInt16LE(2 * i)
      expect(pcm.length).to.be.greaterThan(8000 * 20)
      expect(listen(pcm), voice).to.equal('')
    }
  })
})
