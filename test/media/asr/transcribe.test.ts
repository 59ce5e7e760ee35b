import { expect } from 'chai'
import type { AsrProvider } from '../../../media/asr/asr.ts'
import { createAsr } from '../../../media/asr/asr-service.ts'
import { transcribe } from '../../../media/asr/transcribe.ts'
import { join, silence } from '../vad/sounds.ts'
import type { Voice } from '../voice.ts'
import { createVoice } from '../voice.ts'
import { installTestModel, line, noLibvosk, understood } from './test-models.ts'

describe('a recording written down', () => {
  let asr: AsrProvider
  let voice: Voice
  before(async function () {
    if (noLibvosk()) this.skip()
    this.timeout(60_000)
    voice = createVoice()
    asr = createAsr({ modelsDir: installTestModel('zh'), production: false })
    await understood(asr, 'zh')
  })
  after(() => Promise.all([asr?.stop(), voice?.stop()]))

  it('has a line for each thing that was said, the last one cut off in the middle of its quiet', async () => {
    const [ticket, agent] = [await voice.say('门票', 'zh'), await voice.say('人工', 'zh')]
    const pcm = join(line(ticket), line(agent, 50))
    expect(await transcribe(asr, pcm, 'zh-CN')).to.equal('门票\n人工')
  })

  it('is empty where nobody spoke, and where there is nothing', async () => {
    expect(await transcribe(asr, silence(2000), 'zh-CN')).to.equal('')
    expect(await transcribe(asr, silence(0), 'zh-CN')).to.equal('')
  })

  it('needs a model for the language', async () => {
    const refused = await transcribe(asr, silence(100), 'ja').catch(
      (error: { code: string }) => error,
    )
    expect(refused).to.include({ code: 'NO_SPEECH_MODEL' })
  })
})
