import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import * as grpc from '@grpc/grpc-js'
import type { GoogleOptions } from '../../../media/tts/google/provider.ts'
import { createGoogleProvider, googleIsConfigured } from '../../../media/tts/google/provider.ts'
import { googleVoiceFor, languageCodeOf } from '../../../media/tts/google/voice-names.ts'
import { Refusal } from '../../../media/tts/refusal.ts'
import { createSpeech } from '../../../media/tts/speech.ts'
import type { SpeechRequest } from '../../../media/tts/tts.ts'
import type { GoogleServer } from './google-server.ts'
import { pcmOfText, startGoogleServer } from './google-server.ts'
import { heard, streamOf } from './listening.ts'
import { scriptedProvider } from './scripted-provider.ts'

const patient = () => new AbortController().signal
const STREAMING: SpeechRequest = { text: '您好，欢迎', locale: 'zh-CN' }
const UNARY: SpeechRequest = { ...STREAMING, voice: 'cmn-CN-Standard-A' }

describe('Google Cloud Text-to-Speech, its own client against a server on its own protos', function () {
  this.timeout(30_000)
  let server: GoogleServer
  let google: ReturnType<typeof createGoogleProvider>
  const options = (more: GoogleOptions = {}): GoogleOptions => ({
    apiEndpoint: '127.0.0.1',
    port: server.port,
    insecure: true,
    timeoutMs: 10_000,
    ...more,
  })
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error as Error,
    )

  beforeEach(async () => {
    server = await startGoogleServer()
    google = createGoogleProvider(options())
  })
  afterEach(async () => {
    await google.stop()
    server.stop()
  })

  it('streams from voices that can, PCM at 8 kHz, samples whole', async () => {
    const pcm = await heard(google.synthesize({ ...STREAMING, rate: 1.5 }, patient()))
    expect(Buffer.from(pcm.buffer).equals(pcmOfText(STREAMING.text))).to.equal(true)
    expect(server.calls).to.have.length(1)
    expect(server.calls[0]).to.deep.include({
      method: 'streaming',
      text: STREAMING.text,
      encoding: 'PCM',
      rateHz: 8000,
      speakingRate: 1.5,
    })
    expect(server.calls[0]!.voice).to.include({
      languageCode: 'cmn-CN',
      name: 'cmn-CN-Chirp3-HD-Aoede',
    })
  })

  it('streams a long text in pieces the size Google takes', async () => {
    const text = '好'.repeat(4000)
    const pcm = await heard(google.synthesize({ text, locale: 'zh-CN' }, patient()))
    expect(server.calls[0]!.text).to.equal(text)
    expect(pcm.length).to.equal(pcmOfText(text).length / 2)
  })

  it('asks other voices for the whole, and takes the WAV header off', async () => {
    const pcm = await heard(google.synthesize(UNARY, patient()))
    expect(Buffer.from(pcm.buffer).equals(pcmOfText(UNARY.text))).to.equal(true)
    expect(server.calls[0]).to.deep.include({ method: 'unary', encoding: 'LINEAR16', rateHz: 8000 })
  })

  it('lists voices, and whether a woman or a man is heard', async () => {
    expect(await google.voices()).to.deep.equal([
      { id: 'cmn-CN-Standard-A', locale: 'cmn-CN', name: 'cmn-CN-Standard-A', sex: 'female' },
    ])
  })

  for (const [way, request] of [
    ['streaming', STREAMING],
    ['in one answer', UNARY],
  ] as const) {
    describe(way, () => {
      it('INVALID_ARGUMENT is the fault of the request, UNAVAILABLE that of Google', async () => {
        server.trouble = { code: grpc.status.INVALID_ARGUMENT, details: 'no such voice' }
        const refused = await outcomeOf(heard(google.synthesize(request, patient())))
        expect(refused).to.be.instanceOf(Refusal)
        expect(refused!.message).to.contain('no such voice')
        server.trouble = { code: grpc.status.UNAVAILABLE, details: 'try later' }
        const down = await outcomeOf(heard(google.synthesize(request, patient())))
        expect(down).to.be.instanceOf(Error).and.not.instanceOf(Refusal)
        // not retried for ten minutes, as the client does by itself
        expect(server.calls).to.have.length(2)
      })

      it('an answer that does not come in time is given up', async () => {
        await google.stop()
        google = createGoogleProvider(options({ timeoutMs: 300 }))
        server.trouble = 'silent'
        const error = await outcomeOf(heard(google.synthesize(request, patient())))
        expect(error).to.be.instanceOf(Error).and.not.instanceOf(Refusal)
        await server.cancelled
        expect(server.calls[0]!.cancelled).to.equal(true)
      })

      it('what nobody listens to any more is cancelled at the server', async () => {
        server.trouble = way === 'streaming' ? 'endless' : 'silent'
        const listening = new AbortController()
        const work = (async () => {
          for await (const frame of google.synthesize(request, listening.signal)) {
            if (frame.length) listening.abort(new Error('hung up'))
          }
        })()
        if (way !== 'streaming') {
          while (!server.calls.length) await new Promise((resolve) => setTimeout(resolve, 5))
          listening.abort(new Error('hung up'))
        }
        expect((await outcomeOf(work))?.message).to.equal('hung up')
        await server.cancelled
        expect(server.calls[0]!.cancelled).to.equal(true)
      })

      it('a server that is gone fails at once, and is spoken to again when it is back', async () => {
        await heard(google.synthesize(request, patient()))
        const { port } = server
        server.stop()
        const error = await outcomeOf(heard(google.synthesize(request, patient())))
        expect(error).to.be.instanceOf(Error).and.not.instanceOf(Refusal)
        server = await startGoogleServer(port)
        let pcm: Int16Array | undefined
        // gRPC waits a moment before it connects again
        while (!pcm) {
          pcm = await heard(google.synthesize(request, patient())).catch(() => undefined)
          if (!pcm) await new Promise((resolve) => setTimeout(resolve, 50))
        }
        expect(pcm.length).to.equal(pcmOfText(request.text).length / 2)
      })
    })
  }

  it('a listener who leaves the loop ends the stream at the server', async () => {
    server.trouble = 'endless'
    for await (const frame of google.synthesize(STREAMING, patient())) if (frame.length) break
    await server.cancelled
    expect(server.calls[0]!.cancelled).to.equal(true)
  })

  it('a key file that is none is an error of the request in hand, not the end of the process', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'yilu-google-'))
    const credentialsFile = path.join(dir, 'key.json')
    await writeFile(credentialsFile, '{"type":"service_account"}')
    const keyless = createGoogleProvider({ credentialsFile, timeoutMs: 5000 })
    try {
      const error = await outcomeOf(heard(keyless.synthesize(UNARY, patient())))
      expect(error).to.be.instanceOf(Error).and.not.instanceOf(Refusal)
    } finally {
      await keyless.stop()
      await rm(dir, { recursive: true })
    }
  })

  describe('in front of another voice', () => {
    let dir: string
    beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'yilu-google-'))))
    afterEach(() => rm(dir, { recursive: true, force: true }))

    it('in trouble, in the middle or gone, the other speaks; nothing stale is heard afterwards', async () => {
      const other = scriptedProvider('other', 77)
      const speech = createSpeech({ cacheDir: dir, espeak: false, google: options() })
      const both = createSpeech({ cacheDir: dir, espeak: false, providers: [google, other] })
      try {
        server.trouble = 'breaks'
        const samples = await heard(streamOf(await both.say(STREAMING)))
        expect(samples.at(-1), 'the other has the last word').to.equal(77)
        server.trouble = undefined
        // what the other said may still be on its way to the disk
        await both.render(STREAMING)
        const { durationMs } = await both.render(STREAMING)
        expect(durationMs).to.equal((STREAMING.text.length * 400) / 8)
        expect((await speech.render(STREAMING)).durationMs).to.equal(durationMs)
        expect(speech.status().providers.map(({ id, state }) => `${id} ${state}`)).to.deep.equal([
          'google ok',
          'espeak off',
        ])
        server.stop()
        const gone = await heard(streamOf(await both.say({ ...STREAMING, text: '再见' })))
        expect([...new Set(gone)]).to.deep.equal([77])
      } finally {
        await both.stop()
        await speech.stop()
      }
    })
  })
})

describe('the voice Google is asked for', () => {
  const chosen = { 'zh-CN': 'cmn-CN-Wavenet-B', en: 'en-GB-Chirp3-HD-Charon' }
  const CASES: [
    locale: string,
    wanted: string | undefined,
    voice: string | undefined,
    language: string,
  ][] = [
    ['zh-CN', undefined, 'cmn-CN-Wavenet-B', 'cmn-CN'],
    ['zh', undefined, 'cmn-CN-Chirp3-HD-Aoede', 'cmn-CN'],
    ['en-US', undefined, 'en-GB-Chirp3-HD-Charon', 'en-GB'],
    ['zh-CN', 'cmn-CN-Chirp3-HD-Kore', 'cmn-CN-Chirp3-HD-Kore', 'cmn-CN'],
    // the name of another provider's voice
    ['zh-CN', 'cmn-latn-pinyin', 'cmn-CN-Wavenet-B', 'cmn-CN'],
    ['zh-HK', undefined, 'yue-HK-Standard-A', 'yue-HK'],
    ['ja', undefined, 'ja-JP-Chirp3-HD-Aoede', 'ja-JP'],
    ['xx', undefined, undefined, 'xx'],
  ]
  for (const [locale, wanted, voice, language] of CASES) {
    it(`${locale}${wanted ? `, ${wanted}` : ''}: ${voice}`, () => {
      expect(googleVoiceFor(locale, wanted, chosen)).to.equal(voice)
      expect(languageCodeOf(voice ?? '', locale)).to.equal(language)
    })
  }

  it('without a key and without an endpoint Google is off', () => {
    const before = process.env.GOOGLE_APPLICATION_CREDENTIALS
    delete process.env.GOOGLE_APPLICATION_CREDENTIALS
    try {
      expect(googleIsConfigured(undefined)).to.equal(false)
      expect(googleIsConfigured({ voices: { en: 'x' } })).to.equal(false)
      expect(googleIsConfigured({ apiEndpoint: '127.0.0.1' })).to.equal(true)
      process.env.GOOGLE_APPLICATION_CREDENTIALS = '/key.json'
      expect(googleIsConfigured(undefined)).to.equal(true)
    } finally {
      if (before === undefined) delete process.env.GOOGLE_APPLICATION_CREDENTIALS
      else process.env.GOOGLE_APPLICATION_CREDENTIALS = before
    }
  })
})
