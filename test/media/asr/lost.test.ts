import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import type { AsrProvider } from '../../../media/asr/asr.ts'
import { createAsr } from '../../../media/asr/asr-service.ts'
import { voskLibrary } from '../../../media/asr/vosk/library.ts'
import { launchRecogniser } from '../../../media/asr/vosk/launch.ts'
import type { Voice } from '../voice.ts'
import { createVoice } from '../voice.ts'
import { silence } from '../vad/sounds.ts'
import { outcome, speak, understand } from './caller.ts'
import { installTestModel, line, noLibvosk, understood } from './test-models.ts'

const LISTEN = { endSilenceMs: 600, maxMs: 10_000 }

/** The connection ends a moment before the process is known to have. */
async function notUnderstood(asr: AsrProvider): Promise<void> {
  while (asr.locales().length > 0) await new Promise((resolve) => setImmediate(resolve))
}

describe('a recogniser that dies', () => {
  let voice: Voice
  let modelsDir: string
  let asr: AsrProvider | undefined
  before(function () {
    if (noLibvosk()) this.skip()
    voice = createVoice()
    modelsDir = installTestModel('zh')
  })
  afterEach(async () => {
    await asr?.stop()
    asr = undefined
  })
  after(() => voice?.stop())

  it('is told to who speaks and to who listens in silence, and comes back', async function () {
    this.timeout(60_000)
    const errors: string[] = []
    asr = createAsr({
      modelsDir,
      production: false,
      onError: (error) => errors.push(error.message),
    })
    await understood(asr, 'zh')
    const pcm = line(await voice.say('投诉', 'zh'))
    const speaking = asr.open({ locale: 'zh', ...LISTEN })
    const silent = asr.open({ locale: 'zh', ...LISTEN })
    const [first, second] = [outcome(speaking), outcome(silent)]
    const partial = new Promise((resolve) => (speaking.onPartial = resolve))
    await speak(speaking, pcm.subarray(0, pcm.length - 8 * 1400))
    await partial

    const [model] = asr.status().models
    process.kill(model!.pid!, 'SIGKILL')
    expect(await first).to.have.property('lost')
    expect(await second).to.have.property('lost')
    expect(asr.status().streams).to.equal(0)

    await notUnderstood(asr)
    await understood(asr, 'zh')
    expect(asr.status().models[0]).to.include({ state: 'ready' }).and.not.have.property('error')
    expect(asr.status().models[0]!.pid).to.not.equal(model!.pid)
    expect(await understand(asr, 'zh', pcm)).to.include({ text: '投诉' })
    expect(errors.join()).to.contain('SIGKILL')
  })

  it('is refused to new callers until it is back', async function () {
    this.timeout(60_000)
    asr = createAsr({ modelsDir, production: false })
    await understood(asr, 'zh')
    const lost = outcome(asr.open({ locale: 'zh', ...LISTEN }))
    process.kill(asr.status().models[0]!.pid!, 'SIGKILL')
    await lost
    await notUnderstood(asr)
    expect(() => asr!.open({ locale: 'zh', ...LISTEN })).to.throw(/NO_SPEECH_MODEL/)
  })

  it('a folder that holds no model says so, and the others are understood', async function () {
    this.timeout(60_000)
    const dir = mkdtempSync(path.join(tmpdir(), 'yilu-models-'))
    cpSync(path.join(modelsDir, 'zh'), path.join(dir, 'zh'), { recursive: true })
    mkdirSync(path.join(dir, 'en', 'am'), { recursive: true })
    writeFileSync(path.join(dir, 'en', 'am', 'final.mdl'), 'not a model')
    const failed = new Promise<Error>((resolve) => {
      asr = createAsr({ modelsDir: dir, production: false, onError: resolve })
    })
    expect((await failed).message).to.match(/en: not a Vosk model: .*model\.conf is missing/)
    await understood(asr!, 'zh')
    const en = asr!.status().models.find(({ locale }) => locale === 'en')
    expect(en).to.include({ state: 'failed' })
  })

  it('production refuses the model of synthetic voices', () => {
    asr = createAsr({ modelsDir, production: true })
    expect(asr.locales()).to.deep.equal([])
    expect(asr.status().models[0]).to.include({ state: 'failed' })
    expect(asr.status().models[0]!.error).to.match(/仅供测试.*for tests/s)
  })

  it('without any model callers use keys', () => {
    asr = createAsr({ modelsDir: path.join(tmpdir(), 'no-such-folder'), production: true })
    expect(asr.status()).to.deep.equal({ models: [], streams: 0 })
    expect(() => asr!.open({ locale: 'zh', ...LISTEN })).to.throw(/NO_SPEECH_MODEL/)
  })

  it('stopping while a model loads does not wait for it, and leaves no process', async () => {
    asr = createAsr({ modelsDir, production: false })
    await asr.stop()
    expect(asr.locales()).to.deep.equal([])
  })

  describe('as a vosk-server elsewhere', () => {
    it('is used like one of our own', async function () {
      this.timeout(60_000)
      const library = voskLibrary()
      if (!('file' in library)) throw new Error('libvosk was here a moment ago')
      const server = await launchRecogniser(library.file, path.join(modelsDir, 'zh'))
      const none = path.join(tmpdir(), 'no-such-folder')
      asr = createAsr({ modelsDir: none, remoteUrl: `zh=${server.url}`, production: true })
      await understood(asr, 'zh')
      const pcm = line(await voice.say('人工', 'zh'))
      expect(await understand(asr, 'zh-CN', pcm, ['人工', '投诉'])).to.include({ text: '人工' })
      const lost = outcome(asr.open({ locale: 'zh', ...LISTEN }))
      process.kill(server.pid, 'SIGKILL')
      expect(await lost).to.have.property('lost')
      await server.stop()
    })

    /** Speaks the protocol, badly. */
    async function badServer(answer: (said: string | Buffer) => string | undefined) {
      const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
      await new Promise((resolve) => server.once('listening', resolve))
      server.on('connection', (socket) =>
        socket.on('message', (data, binary) => {
          const reply = answer(binary ? (data as Buffer) : (data as Buffer).toString())
          if (reply !== undefined) socket.send(reply)
        }),
      )
      const { port } = server.address() as { port: number }
      asr = createAsr({
        modelsDir: '/nowhere',
        remoteUrl: `ws://127.0.0.1:${port}`,
        production: true,
      })
      await understood(asr, 'zh')
      return {
        stream: asr.open({ locale: 'zh', ...LISTEN }),
        stop: () => {
          for (const socket of server.clients) socket.terminate()
          server.close()
        },
      }
    }
    const loud = (ms: number) => silence(ms).map((_, n) => (n % 20 < 10 ? 3000 : -3000))

    it('is lost when it answers what no vosk-server answers', async () => {
      const { stream, stop } = await badServer(() => '{"partial":42}')
      const heard = outcome(stream)
      await speak(stream, loud(500))
      expect(await heard).to.deep.equal({ lost: 'the answer is not one of a vosk-server' })
      stop()
    })

    it('is lost when it cannot keep up', async () => {
      const { stream, stop } = await badServer(() => undefined)
      const heard = outcome(stream)
      await speak(stream, loud(6000))
      expect(await heard).to.deep.equal({ lost: 'the recogniser cannot keep up' })
      stop()
    })

    it('is asked for the end in the very words it compares with', async () => {
      const texts: string[] = []
      const { stream, stop } = await badServer((said) => {
        if (typeof said !== 'string') return '{"partial":""}'
        texts.push(said)
        return said.includes('eof')
          ? '{"text":"投诉 酒店","result":[{"word":"投诉","conf":0.8}]}'
          : undefined
      })
      const heard = outcome(stream)
      await speak(stream, loud(500))
      stream.finish()
      expect(await heard).to.deep.equal({ text: '投诉酒店', confidence: 0.8 })
      expect(texts.at(-1)).to.equal('{"eof" : 1}')
      expect(JSON.parse(texts[0]!)).to.have.nested.property('config.sample_rate', 8000)
      stop()
    })
  })
})
