import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { YiluError } from '../../../gateway/errors.ts'
import { pcmOf } from '../../../media/tts/pcm-of.ts'
import { Refusal } from '../../../media/tts/refusal.ts'
import { createSpeech } from '../../../media/tts/speech.ts'
import type { Speech, SpeechRequest } from '../../../media/tts/tts.ts'
import { fileOf, heard, streamOf } from './listening.ts'
import type { Scripted } from './scripted-provider.ts'
import { frame, scriptedProvider } from './scripted-provider.ts'

describe('spoken texts', () => {
  let dir: string
  let nowMs: number
  let first: Scripted
  let second: Scripted
  let errors: unknown[]
  let speech: Speech
  const HELLO: SpeechRequest = { text: '您好', locale: 'zh-CN' }

  const open = (options: { cacheBytes?: number; providers?: Scripted[] } = {}) =>
    createSpeech({
      cacheDir: dir,
      espeak: false,
      providers: [first, second],
      now: () => nowMs,
      onError: (error) => errors.push(error),
      ...options,
    })
  const samplesIn = async (file: string) => pcmOf(await readFile(file))
  const valuesIn = async (file: string) => [...new Set(await samplesIn(file))]
  const filesKept = async () =>
    (await readdir(dir, { recursive: true })).filter((name) => /\.\w+$/.test(name))
  const codeOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    return error instanceof YiluError ? error.code : String(error)
  }

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'yilu-tts-'))
    nowMs = Date.now()
    first = scriptedProvider('first', 1000)
    second = scriptedProvider('second', 2000)
    errors = []
    speech = open()
  })
  afterEach(async () => {
    await speech.stop()
    await rm(dir, { recursive: true, force: true })
  })

  it('are spoken by who has the voice that is asked for, and by the others where that one fails', async () => {
    first.voiceFor = () => 'own'
    second.voiceFor = (_locale, wanted) => (wanted === 'lan' ? 'lan' : 'usual')
    expect(await valuesIn((await speech.render(HELLO)).file)).to.deep.equal([1000])
    const asked = { ...HELLO, voice: 'lan' }
    expect(await valuesIn((await speech.render(asked)).file)).to.deep.equal([2000])
    expect(await valuesIn((await speech.render({ ...HELLO, voice: 'gone' })).file)).to.deep.equal([
      1000,
    ])
    second.script = async function* () {
      yield await Promise.resolve(new Refusal('not today'))
    }
    const { file } = await speech.render({ ...asked, text: '再见' })
    expect(await valuesIn(file)).to.deep.equal([1000])
  })

  it('are kept apart by voice and by speed', async () => {
    const files = await Promise.all(
      [{}, { rate: 0.8 }, { rate: 1.25 }, { voice: 'lan' }, { voice: 'lan', rate: 0.8 }].map(
        async (how) => (await speech.render({ ...HELLO, ...how })).file,
      ),
    )
    expect(new Set(files).size).to.equal(5)
    expect((await speech.render({ ...HELLO, rate: 1 })).file).to.equal(files[0])
  })

  it('list the voices there are; an engine that does not answer hides none, and is not asked at once again', async () => {
    let asked = 0
    first.voices = async () => {
      asked++
      throw new Error('no line')
    }
    second.voices = async () => [
      { id: 'lan', locale: 'cmn-CN', name: 'Lan', sex: 'female' },
      { id: 'ka', locale: 'yue-HK', name: 'Ka' },
    ]
    expect((await speech.voices('zh-CN')).map(({ id }) => id)).to.deep.equal(['lan'])
    expect((await speech.voices('zh-HK')).map(({ id }) => id)).to.deep.equal(['ka'])
    expect(await speech.knownVoices()).to.equal(undefined)
    expect([asked, errors.length]).to.deep.equal([1, 1])
    nowMs += 60_000
    first.voices = async () => [{ id: 'may', locale: 'en-GB', name: 'May' }]
    expect((await speech.knownVoices())!.map(({ id }) => id)).to.deep.equal(['may', 'lan', 'ka'])
  })

  it('are streamed the first time and a file ever after', async () => {
    const pcm = await heard(streamOf(await speech.say(HELLO)))
    expect(pcm.length).to.equal(480)
    const { file, durationMs } = await speech.render(HELLO)
    expect(fileOf(await speech.say(HELLO))).to.equal(file)
    expect(path.relative(dir, file)).to.match(/^([\da-f]{2})\/\1[\da-f]{62}\.wav$/)
    expect(durationMs).to.equal(60)
    expect([...(await samplesIn(file))]).to.deep.equal([...pcm])
    expect(first.asked).to.have.length(1)
  })

  it('reach the providers in words', async () => {
    await speech.render({ text: '请拨12301', locale: 'zh-CN' })
    expect(first.asked).to.deep.equal(['请拨幺二三零幺'])
  })

  it('are spoken once, however many ask at the same time, and whoever comes late hears the beginning', async () => {
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    first.script = async function* () {
      yield frame(1)
      await gate
      yield frame(2)
    }
    const early = await Promise.all([speech.say(HELLO), speech.say(HELLO)])
    const late = await speech.say(HELLO)
    release()
    for (const spoken of [...early, late]) {
      expect([...new Set(await heard(streamOf(spoken)))]).to.deep.equal([1, 2])
    }
    await speech.render(HELLO)
    expect(first.asked).to.have.length(1)
  })

  it('start before they are complete', async () => {
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    first.script = async function* () {
      yield frame(1)
      await gate
    }
    const stream = streamOf(await speech.say(HELLO))[Symbol.asyncIterator]()
    const { value } = (await stream.next()) as { value: Int16Array }
    expect(value[0]).to.equal(1)
    release()
    expect((await stream.next()).done).to.equal(true)
  })

  it('differ by voice, locale, rate, text and version of the provider', async () => {
    const requests: SpeechRequest[] = [
      HELLO,
      { ...HELLO, text: '再见' },
      { ...HELLO, locale: 'zh-TW' },
      { ...HELLO, voice: 'other' },
      { ...HELLO, rate: 1.2 },
    ]
    const files = new Set<string>()
    for (const request of requests) files.add((await speech.render(request)).file)
    ;(first as { version: string }).version = '2'
    files.add((await speech.render(HELLO)).file)
    expect(files.size).to.equal(6)
    expect(first.asked).to.have.length(6)
  })

  it('that are personal are never written down, and no longer made when the caller hangs up', async () => {
    const pcm = await heard(streamOf(await speech.say({ ...HELLO, personal: true })))
    expect(pcm.length).to.equal(480)
    expect(await filesKept()).to.deep.equal([])
    let aborted = false
    first.script = async function* (_request, signal) {
      signal.addEventListener('abort', () => (aborted = true))
      for (;;) {
        yield await Promise.resolve(frame(1))
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
      }
    }
    const stream = streamOf(await speech.say({ ...HELLO, personal: true }))
    for await (const part of stream) if (part.length) break
    expect(aborted).to.equal(true)
    expect(await codeOf(speech.render({ ...HELLO, personal: true }))).to.contain('personal')
  })

  it('are completed for the next caller when this one hangs up', async () => {
    const stream = streamOf(await speech.say(HELLO))
    for await (const part of stream) if (part.length) break
    const { file } = await speech.render(HELLO)
    expect((await samplesIn(file)).length).to.equal(480)
    expect(first.asked).to.have.length(1)
  })

  it('of no word at all are a short pause', async () => {
    const { durationMs } = await speech.render({ text: '😀…', locale: 'zh-CN' })
    expect(durationMs).to.equal(100)
    expect(first.asked).to.deep.equal([])
  })

  it('of more than 5,000 characters are refused', async () => {
    expect(await codeOf(speech.say({ ...HELLO, text: '好'.repeat(5001) }))).to.equal('TOO_LARGE')
  })

  describe('when the first provider fails', () => {
    it('before a word, are spoken by the next', async () => {
      first.script = async function* () {
        yield await Promise.resolve(new Error('gone'))
      }
      const { file } = await speech.render(HELLO)
      expect(await valuesIn(file)).to.deep.equal([2000])
      expect(errors.map(String)).to.deep.equal(['Error: gone'])
      expect(speech.status().providers[0]).to.deep.equal({
        id: 'first',
        state: 'ok',
        lastError: 'gone',
      })
    })

    it('in the middle, are spoken again from the beginning, and the file holds only that', async () => {
      first.script = async function* () {
        yield frame(1)
        yield await Promise.resolve(new Error('gone'))
      }
      const stream = streamOf(await speech.say(HELLO))
      expect([...new Set(await heard(stream))]).to.include(2000)
      const { file } = await speech.render(HELLO)
      expect(await valuesIn(file)).to.deep.equal([2000])
    })

    it('by saying nothing, are spoken by the next', async () => {
      first.script = async function* () {}
      expect(await valuesIn((await speech.render(HELLO)).file)).to.deep.equal([2000])
    })

    it('three times, is left alone for a while; its old files still sound', async () => {
      const known = await speech.render({ ...HELLO, text: '已知' })
      first.script = async function* () {
        yield await Promise.resolve(new Error('gone'))
      }
      for (const text of ['一', '二', '三', '四']) await speech.render({ ...HELLO, text })
      expect(first.asked).to.have.length(4)
      expect(speech.status().providers.map(({ state }) => state)).to.deep.equal([
        'resting',
        'ok',
        'off',
        'off',
      ])
      expect(fileOf(await speech.say({ ...HELLO, text: '已知' }))).to.equal(known.file)
      expect(fileOf(await speech.say({ ...HELLO, text: '四' })), 'by the second').to.be.a('string')
    })

    it('and is back, the better voice replaces what the other said meanwhile', async () => {
      const works = first.script
      first.script = async function* () {
        yield await Promise.resolve(new Error('gone'))
      }
      expect(await valuesIn((await speech.render(HELLO)).file)).to.deep.equal([2000])
      first.script = works
      expect(await valuesIn((await speech.render(HELLO)).file)).to.deep.equal([1000])
    })

    it('for what was asked, is asked again at once for other texts', async () => {
      first.script = async function* () {
        yield await Promise.resolve(new Refusal('cannot say that'))
      }
      for (const text of ['一', '二', '三', '四']) await speech.render({ ...HELLO, text })
      expect(first.asked).to.have.length(4)
      expect(speech.status().providers[0]!.state).to.equal('ok')
    })

    it('and the second too, nobody is kept waiting for a voice: TTS_DOWN', async () => {
      for (const provider of [first, second]) {
        provider.script = async function* () {
          yield await Promise.resolve(new Error(`${provider.id} gone`))
        }
      }
      expect(await codeOf(speech.say(HELLO))).to.equal('TTS_DOWN')
      expect(await codeOf(speech.render(HELLO))).to.equal('TTS_DOWN')
      expect(await filesKept()).to.deep.equal([])
    })

    it('and all rest, the last is asked all the same', async () => {
      for (const provider of [first, second]) {
        provider.script = async function* () {
          yield await Promise.resolve(new Error('gone'))
        }
      }
      for (let i = 0; i < 4; i++) await codeOf(speech.say(HELLO))
      const works = scriptedProvider('second', 2000).script
      second.script = works
      expect(await valuesIn((await speech.render(HELLO)).file)).to.deep.equal([2000])
    })
  })

  describe('after a restart', () => {
    const restart = async (options: Parameters<typeof open>[0] = {}) => {
      await speech.stop()
      speech = open(options)
    }

    it('are still there', async () => {
      const { file } = await speech.render(HELLO)
      await restart()
      expect(fileOf(await speech.say(HELLO))).to.equal(file)
    })

    it('of a provider that is no longer configured are not heard any more', async () => {
      await speech.render(HELLO)
      await restart({ providers: [second] })
      expect(await valuesIn((await speech.render(HELLO)).file)).to.deep.equal([2000])
    })

    for (const [damage, harm] of [
      ['cut short', (file: string, good: Buffer) => writeFile(file, good.subarray(0, 200))],
      [
        'with one bit turned over',
        async (file: string, good: Buffer) => {
          const bad = Buffer.from(good)
          bad[100]! ^= 1
          await writeFile(file, bad)
        },
      ],
      ['emptied', (file: string) => writeFile(file, '')],
      ['removed', (file: string) => rm(file)],
      [
        'with an unreadable sidecar',
        (file: string) => writeFile(file.replace('.wav', '.json'), '{"sha'),
      ],
      ['without its sidecar', (file: string) => rm(file.replace('.wav', '.json'))],
    ] as [string, (file: string, good: Buffer) => Promise<void>][]) {
      it(`${damage} are made again`, async () => {
        const { file } = await speech.render(HELLO)
        const good = await readFile(file)
        await restart()
        await harm(file, good)
        const again = await speech.render(HELLO)
        expect(again.file).to.equal(file)
        expect((await readFile(file)).equals(good)).to.equal(true)
        expect(first.asked).to.have.length(2)
      })
    }

    it('leave no half-written files behind', async () => {
      const { file } = await speech.render(HELLO)
      await writeFile(`${file}.99999-1.tmp`, 'half')
      await restart()
      await speech.render({ ...HELLO, text: '再见' })
      expect((await filesKept()).filter((name) => name.endsWith('.tmp'))).to.deep.equal([])
    })
  })

  describe('beyond the size of the cache', () => {
    /** 3 frames and a header */
    const FILE_BYTES = 44 + 3 * 320

    it('leave, the least recently used first', async () => {
      await speech.stop()
      speech = open({ cacheBytes: 3 * FILE_BYTES })
      for (const text of ['一', '二', '三']) {
        await speech.render({ ...HELLO, text })
        nowMs += 120_000
      }
      await speech.say({ ...HELLO, text: '一' })
      nowMs += 120_000
      await speech.render({ ...HELLO, text: '四' })
      first.asked = []
      for (const text of ['一', '三', '四', '二']) await speech.render({ ...HELLO, text })
      expect(first.asked).to.deep.equal(['二'])
    })

    it('in the order of use of an earlier process', async () => {
      const files: string[] = []
      for (const text of ['一', '二', '三'])
        files.push((await speech.render({ ...HELLO, text })).file)
      // the second was used longest ago
      for (const [index, file] of files.entries()) {
        const at = nowMs / 1000 - (index === 1 ? 9000 : 1000)
        await utimes(file.replace('.wav', '.json'), at, at)
      }
      await speech.stop()
      speech = open({ cacheBytes: 3 * FILE_BYTES })
      await speech.render({ ...HELLO, text: '四' })
      const left = await Promise.all(
        files.map((file) =>
          stat(file).then(
            () => true,
            () => false,
          ),
        ),
      )
      expect(left).to.deep.equal([true, false, true])
    })

    it('stay while somebody may just be opening them', async () => {
      await speech.stop()
      speech = open({ cacheBytes: FILE_BYTES })
      const one = await speech.render({ ...HELLO, text: '一' })
      await speech.render({ ...HELLO, text: '二' })
      expect((await stat(one.file)).size).to.equal(FILE_BYTES)
    })
  })

  it('sound although the disk is full', async () => {
    await speech.stop()
    await rm(dir, { recursive: true })
    // a file where the folder should be: nothing can be written
    await writeFile(dir, '')
    speech = open()
    expect((await heard(streamOf(await speech.say(HELLO)))).length).to.equal(480)
    expect(await codeOf(speech.render(HELLO))).to.contain('E')
    expect(errors).not.to.have.length(0)
  })
})
