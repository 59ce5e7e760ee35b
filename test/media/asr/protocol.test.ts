import { once } from 'node:events'
import { expect } from 'chai'
import { WebSocket } from 'ws'
import type { RecognizerOptions, VoskModel } from '../../../media/asr/vosk/binding.ts'
import type { VoskServer } from '../../../media/asr/vosk/server.ts'
import { serveVosk } from '../../../media/asr/vosk/server.ts'

/** A model that hears how many bytes it was given, and ends an utterance at every tenth call. */
function countingModel() {
  const made: RecognizerOptions[] = []
  let partials = 0
  let freed = 0
  let busy = false
  const model: VoskModel = {
    knows: (word) => word !== 'unheard',
    recognizer(options) {
      made.push(options)
      let bytes = 0
      let calls = 0
      return {
        async accept(pcm) {
          if (busy) throw new Error('two calls at once')
          busy = true
          await new Promise((resolve) => setImmediate(resolve))
          busy = false
          bytes += pcm.length
          return ++calls % 10 === 0
        },
        result: () => ({ text: `${bytes} bytes` }),
        partial: () => ({ partial: `${++partials}` }),
        final: () => ({ text: `all ${bytes} bytes` }),
        free: () => void freed++,
      }
    },
  }
  return { model, made, partials: () => partials, freed: () => freed }
}

describe('a vosk-server of our own', () => {
  let server: VoskServer
  let counting: ReturnType<typeof countingModel>
  beforeEach(async () => {
    counting = countingModel()
    server = await serveVosk(counting.model, 'secret')
  })
  afterEach(() => server.close())

  async function connect(url = server.url) {
    const socket = new WebSocket(url)
    const answers: unknown[] = []
    socket.on('message', (data) => answers.push(JSON.parse((data as Buffer).toString())))
    await once(socket, 'open')
    return { socket, answers }
  }
  const ended = async (socket: WebSocket) => ((await once(socket, 'close')) as [number])[0]

  it('answers every chunk, looks for words four times a second, and frees what it made', async () => {
    const { socket, answers } = await connect()
    const config = { sample_rate: 8000, phrase_list: ['yes', 'unheard'], max_alternatives: 3 }
    socket.send(JSON.stringify({ config }))
    for (let n = 0; n < 12; n++) socket.send(Buffer.alloc(1600))
    socket.send('{"eof" : 1}')
    expect(await ended(socket)).to.equal(1000)
    expect(answers).to.have.lengthOf(13)
    expect(answers[9]).to.deep.equal({ text: '16000 bytes' })
    expect(answers[12]).to.deep.equal({ text: 'all 19200 bytes' })
    expect(counting.partials()).to.equal(3)
    expect(counting.made).to.deep.equal([
      { sampleRate: 8000, words: true, maxAlternatives: 3, grammar: ['yes', '[unk]'] },
    ])
    // the server learns of the end a moment after the client
    while (counting.freed() === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(counting.freed()).to.equal(1)
  })

  it('is not found without its path', async () => {
    const socket = new WebSocket(server.url.replace('secret', ''))
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).to.contain('400')
  })

  for (const bad of [
    'not json',
    '{}',
    '{"config":{"sample_rate":1}}',
    '{"config":{"phrase_list":"x"}}',
  ]) {
    it(`ends the connection at ${bad}`, async () => {
      const { socket } = await connect()
      socket.send(bad)
      expect(await ended(socket)).to.equal(1008)
    })
  }

  it('ends the connection at a frame no client of ours sends', async () => {
    const { socket } = await connect()
    socket.on('error', () => undefined)
    socket.send(Buffer.alloc(300 * 1024))
    expect(await ended(socket)).to.equal(1009)
  })

  it('takes half a sample for none', async () => {
    const { socket, answers } = await connect()
    socket.send(Buffer.alloc(1))
    socket.send(Buffer.alloc(3))
    socket.send('{"eof":1}')
    await ended(socket)
    expect(answers.at(-1)).to.deep.equal({ text: 'all 2 bytes' })
  })
})
