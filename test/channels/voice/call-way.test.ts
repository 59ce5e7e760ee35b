/** A call from the first ring to the end of its wrap-up, driven from the telephone's and the desk's ends. */
import { expect } from 'chai'
import { SimulatedAgent } from '../../harness/agent.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'
import { callCardOf, hearEachOther, isTalked, trunkTo } from '../../harness/desk-calls.ts'

describe('the way of a call', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let tourist: SimulatedPhone
  let deskPhone: SimulatedPhone
  let lin: SimulatedAgent

  before(async () => {
    product = await runProduct()
    tourist = await SimulatedPhone.start()
    deskPhone = await SimulatedPhone.start()
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    await trunkTo(admin, deskPhone.port)
    lin = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
    await lin.connect()
    await lin.do({ do: 'phone', device: { kind: 'number', number: '13811112222' } })
  })

  after(async () => {
    lin.cut()
    await tourist.stop()
    await deskPhone.stop()
    await product.stop()
  })

  it('is answered by the flow, asked for a person, rings at the agent, and is talked', async () => {
    const rings = deskPhone.answer()
    const call = await tourist.call(product.sipPort)
    await call.hearsSound()
    call.press('0')
    await lin.ready()
    const agentEnd = await rings
    await lin.until(() => callCardOf(lin, isTalked) !== undefined, 'the call to be talked')

    await hearEachOther(call, agentEnd)
    const { conversationId } = callCardOf(lin, isTalked)!

    agentEnd.hangUp()
    await call.ended
    const { messages } = await lin.open(conversationId)
    const events = messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'event' ? [part.name] : [])),
    )
    expect(events).to.include.members(['callStarted', 'queued', 'accepted', 'finished'])
    await lin.do({ do: 'wrapUpDone', conversationId, code: 'answered' })
  })

  it('leaves the queue when the caller hangs up while waiting', async () => {
    await lin.do({ do: 'state', state: 'busy' })
    const call = await tourist.call(product.sipPort, '12301', '13900000002')
    await call.hearsSound()
    call.press('0')
    await lin.until(() => lin.card(({ state }) => state === 'queued') !== undefined, 'the queue')
    call.hangUp()
    await lin.until(
      () => lin.card(({ state }) => state === 'queued') === undefined,
      'it to be gone',
    )
  })
})
