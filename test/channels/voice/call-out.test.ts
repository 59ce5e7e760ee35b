/** Calls we make: for a flow, by an agent, and what becomes of those nobody answers. */
import { expect } from 'chai'
import { SimulatedAgent } from '../../harness/agent.ts'
import { callCardOf, hearEachOther, trunkTo } from '../../harness/desk-calls.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'
import type { DialResult } from '../../../gateway/desk/protocol.ts'
import type { CallOutView } from '../../../gateway/telephony/call-schema.ts'

describe('calls out', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let phone: SimulatedPhone
  let agentPhone: SimulatedPhone
  let lead: SimulatedAgent
  let admin: SimulatedAgent

  before(async () => {
    product = await runProduct()
    phone = await SimulatedPhone.start()
    agentPhone = await SimulatedPhone.start()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await trunkTo(admin, phone.port)
    lead = await new SimulatedAgent(product.url).signIn('chen', product.password('chen'))
    await lead.connect()
  })

  after(async () => {
    lead.cut()
    await phone.stop()
    await agentPhone.stop()
    await product.stop()
  })

  const callOut = async (body: object): Promise<CallOutView> => {
    const response = await lead.rest('POST', '/calls', body)
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as CallOutView
  }

  for (const [status, outcome] of [
    [486, 'busy'],
    [603, 'declined'],
    [404, 'unknownNumber'],
    [480, 'unavailable'],
    [500, 'failed'],
  ] as const) {
    it(`tells ${outcome} by ${status}`, async () => {
      void phone.answer(status)
      const result = await callOut({ number: '13800000000', flowId: 'main' })
      expect(result).to.deep.equal({ outcome })
    })
  }

  it('lets the flow speak to whoever answers', async () => {
    const answered = phone.answer()
    const result = await callOut({ number: '13800000001', flowId: 'main' })
    const call = await answered
    expect(result.outcome).to.equal('answered')
    await call.hearsSound()
    call.hangUp()
    await call.ended
  })

  it('connects an agent with the number they dialled', async () => {
    await lead.do({ do: 'phone', device: { kind: 'number', number: '13700000000' } })
    // the contact's telephone and the agent's hang on the same trunk
    const [first, second] = ['13800000002', '13700000000'].map((number) =>
      phone.answer('answer', 0, number),
    )
    const { conversationId } = (await lead.do({ do: 'dial', number: '13800000002' })) as DialResult
    const [one, two] = [await first!, await second!]
    await hearEachOther(one, two)
    expect(callCardOf(lead, (card) => card.conversationId === conversationId)?.direction).to.equal(
      'out',
    )
    one.hangUp()
    await two.ended
    await lead.until(
      () => lead.card(({ id, state }) => id === conversationId && state === 'wrapUp') !== undefined,
      'the wrap-up',
    )
    await lead.do({ do: 'wrapUpDone', conversationId, code: 'answered' })
  })

  it('says that there is no trunk', async () => {
    const removed = await admin.rest('DELETE', '/telephony/trunks/out')
    expect(removed.status).to.equal(204)
    const body = { number: '13800000003', flowId: 'main' }
    let response: Response
    do {
      // the settings are read anew in a moment; until then the call is refused by the telephone
      void phone.answer(486)
      response = await lead.rest('POST', '/calls', body)
    } while (response.status === 200)
    expect(((await response.json()) as { code: string }).code).to.equal('NO_TRUNK')
  })
})
