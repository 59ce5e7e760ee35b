import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { pcmOf } from '../../../media/tts/pcm-of.ts'
import { createSpeech } from '../../../media/tts/speech.ts'
import { numberedProvider } from './numbered-provider.ts'

const RENDERER = fileURLToPath(new URL('./renders-forever.ts', import.meta.url))
const ROUNDS = 3

describe('a process killed while it keeps what was spoken', function () {
  this.timeout(60_000)

  it('leaves nothing that sounds wrong, and loses nothing that was finished', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'yilu-tts-kill-'))
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        const child = fork(RENDERER, [dir], { execArgv: ['--import', 'tsx'] })
        let done = 0
        child.on('message', (number: number) => {
          done = number
          if (number === 10 * round) child.kill('SIGKILL')
        })
        await once(child, 'exit')
        expect(done).to.be.at.least(10 * round)

        const provider = numberedProvider()
        const speech = createSpeech({ cacheDir: dir, espeak: false, providers: [provider] })
        // a little further than it came: among these are those it was just writing
        for (let number = 1; number <= done + 2; number++) {
          const text = `${number}-0`
          const { file } = await speech.render({ text, locale: 'xx' })
          const expected: number[] = []
          for await (const frame of numberedProvider().synthesize(
            { text, locale: 'xx' },
            new AbortController().signal,
          )) {
            expected.push(...frame)
          }
          expect(
            Buffer.from(pcmOf(await readFile(file)).buffer).equals(
              Buffer.from(Int16Array.from(expected).buffer),
            ),
            text,
          ).to.equal(true)
        }
        expect(provider.asked.length, 'made again').to.be.at.most(2)
        await speech.stop()
        const left = (await readdir(dir, { recursive: true })).filter((name) =>
          name.endsWith('.tmp'),
        )
        expect(left).to.deep.equal([])
      }
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  })
})
