import { expect } from 'chai'
import { Arrivals } from '../../../../channels/sms/smpp/arrivals.ts'
import { RecordedEvents } from '../recorded-events.ts'

describe('a short message that comes again', () => {
  let events: RecordedEvents
  let arrivals: Arrivals
  const open = () => new Arrivals({ store: events.kept('arrivals'), now: events.now })
  beforeEach(() => {
    events = new RecordedEvents()
    arrivals = open()
  })
  const session = {}
  const taken = async (fingerprint: string, over: object = session) => {
    const arrival = await arrivals.arrived(fingerprint, over)
    arrivals.answered(arrival, true)
    return arrival
  }

  it('the same words twice in one session are two messages', async () => {
    const first = await taken('1')
    expect((await taken('1')).dedupeKey).to.not.equal(first.dedupeKey)
  })

  it('again over a new session, the first answer in doubt: one message', async () => {
    const first = await taken('1')
    expect((await taken('1', {})).dedupeKey).to.equal(first.dedupeKey)
  })

  it('over a new session, when the centre had read the first answer: two', async () => {
    const first = await taken('1')
    await arrivals.settled([first])
    expect((await taken('1', {})).dedupeKey).to.not.equal(first.dedupeKey)
  })

  it('two in doubt are both known again, and the third is new', async () => {
    const keys = [await taken('1'), await taken('1')].map(({ dedupeKey }) => dedupeKey)
    const next = {}
    const again = [await taken('1', next), await taken('1', next)].map(({ dedupeKey }) => dedupeKey)
    expect(again).to.deep.equal(keys)
    expect(keys).to.not.include((await taken('1', next)).dedupeKey)
  })

  it('after a restart', async () => {
    const first = await arrivals.arrived('1', session)
    arrivals = open()
    expect((await taken('1', {})).dedupeKey).to.equal(first.dedupeKey)
  })

  it('answered too late: the centre may have repeated it in the same session', async () => {
    const first = await arrivals.arrived('1', session)
    events.nowMs += 6_000
    expect((await arrivals.arrived('1', session)).dedupeKey).to.equal(first.dedupeKey)
  })

  it('refused: what comes is the same one', async () => {
    const first = await arrivals.arrived('1', session)
    arrivals.answered(first, false)
    const second = await taken('1')
    expect(second.dedupeKey).to.equal(first.dedupeKey)
    expect((await taken('1')).dedupeKey).to.not.equal(first.dedupeKey)
  })

  it('after ten minutes the same words are new ones', async () => {
    const first = await taken('1')
    events.nowMs += 10 * 60_000 + 1
    expect((await taken('1', {})).dedupeKey).to.not.equal(first.dedupeKey)
  })

  it('what could not be written down is not taken, and nothing is left of it', async () => {
    events.storeDown = true
    const failed = await arrivals.arrived('1', session).catch((error: Error) => error.message)
    expect(failed).to.equal('store down')
    events.storeDown = false
    await taken('1')
    expect(JSON.parse(events.documents.get('arrivals')!)).to.have.length(1)
  })

  it('a thousand in doubt are the most that are kept', async () => {
    for (let at = 0; at < 1_010; at++) await taken(`${at}`)
    expect(JSON.parse(events.documents.get('arrivals')!)).to.have.length(1_000)
  })
})
