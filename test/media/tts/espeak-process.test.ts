import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { FromEspeak, ToEspeak } from '../../../media/tts/espeak/protocol.ts'

const PROCESS = fileURLToPath(new URL('../../../media/tts/espeak/process.ts', import.meta.url))
const LONG = '兵马俑位于陕西省西安市临潼区，是第一批全国重点文物保护单位。'.repeat(60)

describe('the process that holds espeak', function () {
  this.timeout(30_000)

  it('makes no more of what was cancelled, and ends when its parent lets go', async () => {
    const child = fork(PROCESS, [], {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const tell = (message: ToEspeak) => child.send(message)
    const samples: Record<number, number> = { 1: 0, 2: 0 }
    const ended: number[] = []
    const done = new Promise<void>((resolve) => {
      child.on('message', (message: FromEspeak) => {
        if ('ready' in message) {
          tell({ do: 'say', id: 1, text: LONG, locale: 'zh-CN', rate: 1, maxAudioMs: 600_000 })
        } else if ('audio' in message) {
          if (message.id === 1 && !samples[1]) tell({ do: 'cancel', id: 1 })
          samples[message.id]! += message.audio.length
          // asked for after the cancel: when it has ended, the process has read that too
          if (message.id === 1 && !samples[2]) {
            samples[2] = 1
            tell({ do: 'say', id: 2, text: '你好', locale: 'zh-CN', rate: 1, maxAudioMs: 9000 })
          }
        } else {
          ended.push(message.id)
          if (message.id === 2) resolve()
        }
      })
    })
    await done
    // of more than 300 seconds
    expect(samples[1]! / 8000).to.be.below(60)
    expect(ended).to.deep.equal([2])
    child.disconnect()
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).to.equal(0)
  })
})
