/** Calls over a line that loses, doubles and reorders 5 % of everything: through the flow to an agent, and recorded. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import { callCardOf, isTalked } from '../../harness/desk-calls.ts'
import { LossyRelay } from '../../harness/lossy-relay.ts'
import { recordingOf } from './recorded.ts'
import { AGENT, CALLER, eventsOf, untilState, VoiceScene, writeUp } from './scene.ts'

const LIN = '13811112222'
const CALLS = 8
/** a port with as many digits as those it stands for, where nobody listens */
const NOBODY = 19_999
const BAD = { losePercent: 5, doublePercent: 5, reorderPercent: 5 }
/** a lost INVITE, its answer or a BYE come again after 500 ms, then 1 s and 2 s (RFC 3261 §17.1.1.2) */
const RESENT_MS = 4000

describe('a bad line', function () {
  this.timeout(180_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let signals: LossyRelay
  let audio: LossyRelay
  /** where the audio of the call of the moment goes */
  const audioTarget = { port: 0 }

  before(async () => {
    scene = await VoiceScene.open()
    lin = await scene.agent('lin', LIN)
    signals = await LossyRelay.open({
      ...BAD,
      target: { port: scene.product.sipPort },
      seed: 7,
      rewrite: (data, direction) => (direction === 'fromTarget' ? throughUs(data) : hidden(data)),
    })
  })
  after(async () => {
    await signals?.close()
    await scene?.stop()
  })

  /** What follows the first INVITE takes the bad way too: requests in the call, and its audio. */
  function throughUs(data: Buffer): Buffer {
    const text = data.toString('latin1')
    const port = /^m=audio (\d+)/m.exec(text)?.[1]
    if (port) audioTarget.port = Number(port)
    return Buffer.from(
      text
        .replace(/^(Contact:.*127\.0\.0\.1:)\d+/im, `$1${signals.port}`)
        .replace(/^m=audio \d+/m, `m=audio ${audio.port}`),
      'latin1',
    )
  }

  /** The caller's own address is of no use, as behind a NAT: audio goes back the way it came. */
  function hidden(data: Buffer): Buffer {
    const text = data.toString('latin1')
    return Buffer.from(text.replace(/^m=audio \d+/m, `m=audio ${NOBODY}`), 'latin1')
  }

  it(`${CALLS} calls complete, none is answered twice, and their recordings are as long as they were`, async () => {
    const lost = { signals: 0, audio: 0 }
    for (let n = 0; n < CALLS; n++) {
      audio = await LossyRelay.open({ ...BAD, target: audioTarget, seed: n + 1 })
      const from = scene.nextNumber()
      const rings = scene.outside.answer('answer', 0, LIN)
      await lin.ready()
      const dialledMs = Date.now()
      const caller = await scene.tourist.call(signals.port, '12301', from)
      const answeredMs = Date.now()
      await caller.hearsSound()
      caller.press('0')
      const agent = await rings
      const talked = () => callCardOf(lin, (card) => card.number === `+86${from}` && isTalked(card))
      await lin.until(() => talked() !== undefined, 'the talk')
      const { conversationId } = talked()!
      caller.hum(CALLER)
      agent.hum(AGENT)
      await Promise.all([caller.hearsTone(AGENT, 0.8), agent.hearsTone(CALLER, 0.8)])
      caller.hangUp()
      const hungUpMs = Date.now()
      await agent.ended
      const { view } = await recordingOf(scene.admin, conversationId)
      expect(view.durationMs).to.be.within(
        hungUpMs - answeredMs - 1000,
        hungUpMs - dialledMs + RESENT_MS,
      )
      // the recording is finished before the end is told
      await untilState(lin, conversationId, 'wrapUp')
      const events = await eventsOf(lin, conversationId)
      const count = (name: string) => events.filter(({ event }) => event === name).length
      expect([count('callStarted'), count('accepted'), count('callEnded')]).to.deep.equal([1, 1, 1])
      await writeUp(lin, conversationId)
      lost.audio += audio.counts.toTarget.lost + audio.counts.fromTarget.lost
      await audio.close()
    }
    lost.signals = signals.counts.toTarget.lost + signals.counts.fromTarget.lost
    // it was a bad line
    expect(lost.signals).to.be.greaterThan(0)
    expect(lost.audio).to.be.greaterThan(CALLS)
    const { items } = await scene.admin.get<{ items: object[] }>('/recordings?kind=call&limit=100')
    expect(items).to.have.length(CALLS)
  })
})
