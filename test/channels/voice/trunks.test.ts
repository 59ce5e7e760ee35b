/** What the settings of a trunk do to calls: how many at once, which numbers, and which trunk comes next. */
import { expect } from 'chai'
import { SimulatedAgent } from '../../harness/agent.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'

describe('trunks and their limits', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let first: SimulatedPhone
  let second: SimulatedPhone
  let admin: SimulatedAgent
  let versions: Record<string, number>

  before(async () => {
    ;[product, first, second] = await Promise.all([
      runProduct(),
      SimulatedPhone.start(),
      SimulatedPhone.start(),
    ])
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    versions = { local: 1 }
    await trunk('first', first.port, 0)
    await trunk('second', second.port, 1)
  })
  after(async () => {
    await Promise.all([first?.stop(), second?.stop()])
    await product?.stop()
  })

  async function trunk(
    id: string,
    port: number,
    priority: number,
    transport = 'udp',
  ): Promise<void> {
    const response = await admin.rest('POST', '/telephony/trunks', {
      ...{ id, name: id, host: '127.0.0.1', port, transport, priority, outbound: true },
      callerNumbers: ['02912301'],
    })
    expect(response.status, await response.clone().text()).to.equal(200)
    versions[id] = 1
    await settled()
  }
  async function set(id: string, fields: object): Promise<void> {
    const body = { ...fields, version: versions[id]! }
    const response = await admin.rest('PATCH', `/telephony/trunks/${id}`, body)
    expect(response.status, await response.clone().text()).to.equal(200)
    versions[id]!++
    await settled()
  }
  /** this route answers when calls go by what was changed */
  const settled = () => admin.get('/telephony/numbers')
  const callOut = async (number: string) => {
    const response = await admin.rest('POST', '/calls', { number, flowId: 'main' })
    return (await response.json()) as { outcome?: string; code?: string }
  }
  /** The next call is refused before it rings. */
  const refuses = ({ sip }: SimulatedPhone, status: number): void => {
    const before = sip.onCall!
    sip.onCall = (incoming) => {
      sip.onCall = before
      incoming.refuse(status)
    }
  }
  /** a metric as /metrics tells it */
  const metric = async (name: string): Promise<number | undefined> => {
    const text = await (await fetch(`${product.url}/metrics`)).text()
    const line = text.split('\n').find((each) => each.startsWith(`${name} `))
    return line && line.includes(' ') ? Number(line.split(' ').at(-1)) : undefined
  }
  const soon = async (holds: () => Promise<boolean>) => {
    while (!(await holds()));
  }
  const refusal = (dialled: Promise<unknown>) =>
    dialled.then(
      () => 'answered',
      (error: Error) => error.message,
    )

  it('a trunk that answers 503 is passed over, and the next one’s answer counts', async () => {
    refuses(first, 503)
    const answered = second.answer()
    const { outcome } = await callOut('13800000001')
    expect(outcome).to.equal('answered')
    const call = await answered
    await call.hearsSound()
    expect(await metric('yilu_trunk_calls{trunk="second"}')).to.equal(1)
    expect(await metric('yilu_trunk_calls{trunk="first"}')).to.equal(0)
    call.hangUp()
    await soon(async () => (await metric('yilu_trunk_calls{trunk="second"}')) === 0)
  })

  it('busy is busy over any trunk: the next is not tried', async () => {
    void first.answer(486)
    expect(await callOut('13800000002')).to.deep.equal({ outcome: 'busy' })
  })

  it('a trunk on a port where nobody listens does not keep callers from the next', async () => {
    const gone = await SimulatedPhone.start()
    const { port } = gone
    await gone.stop()
    // over TCP that is known at once; silence over UDP is the other test's
    await trunk('dead', port, 0, 'tcp')
    await set('first', { outbound: false })
    void second.answer(486)
    expect(await callOut('13800000003')).to.deep.equal({ outcome: 'busy' })
    await admin.rest('DELETE', '/telephony/trunks/dead')
    await set('first', { outbound: true })
  })

  it('a full trunk is left for the next; when all are full, who dials is told', async () => {
    const onFirst = first.answer()
    expect((await callOut('13800000004')).outcome).to.equal('answered')
    const call = await onFirst
    await set('first', { maxCalls: 1 })
    await set('second', { maxCalls: 1 })
    const onSecond = second.answer()
    expect((await callOut('13800000005')).outcome).to.equal('answered')
    expect((await callOut('13800000006')).code).to.equal('CALLS_FULL')
    call.hangUp()
    ;(await onSecond).hangUp()
    await soon(async () => (await metric('yilu_trunk_calls{trunk="first"}')) === 0)
    void first.answer(480)
    expect(await callOut('13800000006')).to.deep.equal({ outcome: 'unavailable' })
    await set('first', { maxCalls: null })
    await set('second', { maxCalls: null })
  })

  it('dial rules: what no trunk may call is not called at all', async () => {
    const barred = async (number: string) => (await callOut(number)).code === 'NUMBER_BARRED'
    await set('first', { dials: ['1*', '0*'] })
    await set('second', { dials: ['+86*'] })
    expect(await barred('+442079460000')).to.be.true
    expect(await barred('00442079460000')).to.be.true
    expect(await barred('9009990000')).to.be.true
    void first.answer(486)
    expect(await callOut('13800000007')).to.deep.equal({ outcome: 'busy' })
    void second.answer(486)
    expect(await callOut('+8613800000007')).to.deep.equal({ outcome: 'busy' })
    const nonsense = await admin.rest('POST', '/calls', { number: '1@2', flowId: 'main' })
    expect(nonsense.status).to.equal(400)
    await set('first', { dials: null })
    void first.answer(486)
    expect(await callOut('9009990000')).to.deep.equal({ outcome: 'busy' })
  })

  it('a call in beyond the limit of its trunk hears busy, and those in progress go on', async () => {
    const call = await first.call(product.sipPort)
    await call.hearsSound()
    await set('local', { maxCalls: 1 })
    expect(await refusal(first.call(product.sipPort))).to.match(/^486/)
    expect(await metric('yilu_calls_refused_total{reason="trunkFull"}')).to.equal(1)
    call.forget()
    await call.hearsSound()
    call.hangUp()
    await call.ended
    let again: Awaited<ReturnType<SimulatedPhone['call']>> | undefined
    await soon(async () => {
      again = await first.call(product.sipPort).catch(() => undefined)
      return again !== undefined
    })
    await again!.hearsSound()
    again!.hangUp()
    await again!.ended
  })

  it('the status page and /metrics tell of signalling and media', async () => {
    const status = await admin.get<{ sip: { received: number; malformed: number } }>(
      '/telephony/status',
    )
    expect(status.sip.received).to.be.greaterThan(0)
    expect(await metric('yilu_sip_up')).to.equal(1)
    expect(await metric('yilu_media_rooms{worker="0"}')).to.be.a('number')
    expect(await metric('yilu_calls{phase="talking"}')).to.equal(0)
  })
})
