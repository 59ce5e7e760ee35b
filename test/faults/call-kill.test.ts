/**
 * SIGKILL of the process and of its children in each state of a call: no stuck agent, no ghost in the queue, a
 * recording that plays, and a conversation that says what happened.
 */
import { expect } from 'chai'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { SimulatedAgent } from '../harness/agent.ts'
import { callCardOf, isTalked, trunkTo } from '../harness/desk-calls.ts'
import type { PhoneCall } from '../harness/phone.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import type { RecordingView } from '../../gateway/recordings/schema.ts'
import { WAV_HEADER } from '../../media/prompts/wav-header.ts'

/** PCM16 in stereo at 8 kHz */
const SECOND_BYTES = 2 * 2 * 8000

type Moment = 'the flow speaks' | 'the caller waits' | 'it rings at the agent' | 'they talk'

describe('kill -9 during a call', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let tourist: SimulatedPhone
  let deskPhone: SimulatedPhone
  let admin: SimulatedAgent
  let lead: SimulatedAgent
  let number = 13_900_001_000

  before(async () => {
    product = await runProduct({ YILU_AGENT_GONE_SECONDS: '60' })
    tourist = await SimulatedPhone.start()
    deskPhone = await SimulatedPhone.start()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    await trunkTo(admin, deskPhone.port)
    lead = await new SimulatedAgent(product.url).signIn('chen', product.password('chen'))
    await lead.connect()
    await lead.do({ do: 'phone', device: { kind: 'number', number: '13811112222' } })
  })
  after(async () => {
    lead.cut()
    await tourist.stop()
    await deskPhone.stop()
    await product.stop()
  })
  afterEach(function () {
    const { currentTest } = this
    if (currentTest?.state === 'failed')
      currentTest.err!.stack += `\n${product.output.slice(-4000)}`
  })

  /** Brings a call to that moment. @returns its conversation */
  async function callAt(moment: Moment): Promise<{ call: PhoneCall; conversationId: string }> {
    const from = String(++number)
    await lead.do({ do: 'state', state: moment === 'the caller waits' ? 'busy' : 'ready' })
    // rings and is not picked up, or picked up at once
    const end = moment === 'they talk' ? deskPhone.answer() : deskPhone.answer('answer', 30_000)
    end.catch(() => undefined)
    const call = await tourist.call(product.sipPort, '12301', from)
    await call.hearsSound()
    if (moment === 'the flow speaks') {
      // supervisors see every call, also while the flow speaks
      await lead.until(() => callCardOf(lead, ofNumber(from)) !== undefined, 'the call on the desk')
    } else {
      call.press('0')
      await lead.until(
        () =>
          moment === 'they talk'
            ? callCardOf(lead, (card) => ofNumber(from)(card) && isTalked(card)) !== undefined
            : moment === 'the caller waits'
              ? callCardOf(lead, ofNumber(from))?.phase === 'waiting'
              : lead.card(({ state, id }) => state === 'offered' && id === idOf(from)) !==
                undefined,
        moment,
      )
      if (moment === 'they talk') await secondOnDisk(idOf(from)!)
    }
    return { call, conversationId: idOf(from)! }
  }

  /** Resolves when a second of the recording has been written. */
  async function secondOnDisk(conversationId: string): Promise<void> {
    const { items } = await admin.get<{ items: RecordingView[] }>(
      `/recordings?conversationId=${conversationId}`,
    )
    const folder = path.join(product.dataDir, 'recordings')
    const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
      (name) => path.basename(name) === `${items[0]!.id}.wav`,
    )!
    const isWritten = () => statSync(path.join(folder, file)).size >= WAV_HEADER + SECOND_BYTES
    for (const deadline = Date.now() + 10_000; !isWritten();) {
      if (Date.now() > deadline) throw new Error('no second of audio was written')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  const ofNumber =
    (from: string) =>
    ({ number: its }: { number?: string }): boolean =>
      its === `+86${from}`
  const idOf = (from: string) => callCardOf(lead, ofNumber(from))?.conversationId

  async function eventsOf(conversationId: string): Promise<Record<string, unknown>[]> {
    const { messages } = await lead.open(conversationId)
    return messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'event' ? [{ name: part.name, ...part.data }] : [])),
    )
  }

  for (const moment of [
    'the flow speaks',
    'the caller waits',
    'it rings at the agent',
    'they talk',
  ] as const) {
    it(`of the process while ${moment}`, async () => {
      const { conversationId } = await callAt(moment)
      lead.cut()
      await product.kill()
      await product.start()
      await lead.connect()
      await lead.until(
        () =>
          lead.card(({ id, state }) => id === conversationId && state !== 'wrapUp') === undefined,
        'the ghost to leave the desk',
      )
      const isTold = async () =>
        (await eventsOf(conversationId)).some(
          ({ name, by }) => name === 'callEnded' && by === 'restart',
        )
      const deadline = Date.now() + 10_000
      while (!(await isTold()) && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await isTold(), 'the timeline says that the call was lost').to.equal(true)
      const { items } = await admin.get<{ items: RecordingView[] }>(
        `/recordings?conversationId=${conversationId}`,
      )
      expect(items).to.have.length(1)
      expect(items[0]!.state).to.equal(items[0]!.durationMs > 0 ? 'stored' : 'broken')
      if (moment === 'they talk') expect(items[0]!.durationMs).to.be.at.least(1000)
      const written = lead.card(({ id, state }) => id === conversationId && state === 'wrapUp')
      if (written) await lead.do({ do: 'wrapUpDone', conversationId, code: 'answered' })
    })
  }

  it('of the speech processes: the call goes on by keys and is talked', async () => {
    const killed = childrenNamed(product.pid, /tts-process|asr-process/)
    expect(killed).to.not.be.empty
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    const { call, conversationId } = await callAt('they talk')
    call.hangUp()
    await lead.until(
      () => lead.card(({ id, state }) => id === conversationId && state === 'wrapUp') !== undefined,
      'the wrap-up',
    )
    await lead.do({ do: 'wrapUpDone', conversationId, code: 'answered' })
  })
})

function childrenNamed(pid: number, name: RegExp): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number)
      .filter((child) => name.test(readFileSync(`/proc/${child}/cmdline`, 'utf8'))),
  )
}
