/** What the wallboard says of calls. */
import { expect } from 'chai'
import type { DeskFrame } from '../../../gateway/desk/protocol.ts'
import type { SimulatedAgent } from '../../harness/agent.ts'
import { VoiceScene } from './scene.ts'

type Told = Pick<Extract<DeskFrame, { t: 'queues' }>, 'callsNow' | 'day' | 'queues'>

describe('voice: calls on the wallboard', function () {
  this.timeout(60_000)
  let scene: VoiceScene
  let leader: SimulatedAgent
  before(async () => {
    scene = await VoiceScene.open()
    leader = await scene.agent('chen')
  })
  after(() => scene?.stop())

  function until(fits: (told: Told) => boolean, what: string): Promise<void> {
    const latest = () => {
      const frame = leader.frames.findLast(({ t }) => t === 'queues' || t === 'welcome')
      return fits(frame as Extract<DeskFrame, { t: 'queues' }>)
    }
    return leader.until(latest, what)
  }

  it('a caller is with the flow, waits, gives up: each is counted once', async () => {
    const caller = await scene.tourist.call(scene.product.sipPort)
    await until(({ callsNow }) => callsNow.flow === 1, 'a call with the flow')
    await caller.hearsSound()
    caller.press('0')
    await until(
      ({ callsNow, queues }) =>
        callsNow.waiting === 1 && callsNow.flow === 0 && queues.some(({ calls }) => calls === 1),
      'a call in the queue',
    )
    caller.hangUp()
    await until(
      ({ callsNow, day }) => callsNow.waiting === 0 && day.callsAbandoned === 1,
      'an abandoned call',
    )
  })

  it('an answered call is talked, and not abandoned', async () => {
    const lin = await scene.agent('lin', '13800000077')
    const { caller } = await scene.talk(lin, '13800000077')
    await until(({ callsNow }) => callsNow.talking === 1, 'a call that is talked')
    caller.hangUp()
    await until(({ callsNow }) => callsNow.talking === 0, 'nobody to talk')
  })

  it('the figures of the day are the same after a restart', async () => {
    await scene.product.interrupt()
    await scene.product.start()
    await leader.connect()
    const { day } = leader.welcome
    expect([day.calls, day.abandoned, day.callsAbandoned]).to.deep.equal([2, 1, 1])
  })
})
