import { expect } from 'chai'
import fc from 'fast-check'
import type { LongMessage, LongPart } from '../../../channels/sms/reassembly.ts'
import { Reassembly } from '../../../channels/sms/reassembly.ts'
import { RecordedEvents } from './recorded-events.ts'

const words = ['我想', '投诉', '导游']
const part = (seq: number, more: Partial<LongPart> = {}): LongPart => ({
  ...{ from: '+8613800138000', to: '10690000', ref: 7, total: 3, seq, coding: 8 },
  ...{ bytes: Buffer.from(words[seq - 1]!), ...more },
})
const textOf = (message: LongMessage | undefined) =>
  message?.pieces.map((piece) => piece?.bytes.toString() ?? '…').join('')

describe('parts of a long short message', () => {
  let events: RecordedEvents
  let reassembly: Reassembly
  const restarted = () => new Reassembly({ store: events.parts, now: events.now })

  beforeEach(() => {
    events = new RecordedEvents()
    reassembly = restarted()
  })

  it('come in any order, each more than once, and make one message', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([1, 2, 3, 1, 2, 3], { minLength: 6 }),
        fc.boolean(),
        async (order, restarts) => {
          events = new RecordedEvents()
          let parts = restarted()
          const whole: string[] = []
          for (const seq of order) {
            if (restarts) parts = restarted()
            const message = await parts.add(part(seq))
            if (!message) continue
            whole.push(textOf(message)!)
            await message.done()
          }
          expect(whole).to.deep.equal(['我想投诉导游'])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of two senders with the same reference stay apart', async () => {
    await reassembly.add(part(1))
    await reassembly.add(part(2, { from: '+8613900139000' }))
    await reassembly.add(part(2))
    expect(textOf(await reassembly.add(part(3)))).to.equal('我想投诉导游')
  })

  it('with an 8-bit and a 16-bit reference of the same value are different messages', async () => {
    await reassembly.add(part(1))
    await reassembly.add(part(2))
    expect(await reassembly.add(part(3, { wide: true }))).to.equal(undefined)
  })

  it('of a later message under the same reference do not mix with those of one never finished', async () => {
    await reassembly.add(part(1))
    const later = ['另外', '还有', '一事'].map((text, index) =>
      part(index + 1, { bytes: Buffer.from(text) }),
    )
    await reassembly.add(later[0]!)
    await reassembly.add(later[1]!)
    expect(textOf(await reassembly.add(later[2]!))).to.equal('另外还有一事')
  })

  it('the last one repeated after a crash before the message was stored gives the same message again', async () => {
    await reassembly.add(part(1))
    await reassembly.add(part(2))
    const first = await reassembly.add(part(3))
    const again = await restarted().add(part(3))
    expect(textOf(again)).to.equal('我想投诉导游')
    expect(again!.dedupeKey).to.equal(first!.dedupeKey)
  })

  it('a part repeated long after the whole was stored begins no new message for ten minutes', async () => {
    for (const seq of [1, 2, 3]) await (await reassembly.add(part(seq)))?.done()
    events.nowMs += 9 * 60_000
    expect(await restarted().add(part(1))).to.equal(undefined)
    events.nowMs += 6 * 60_000
    expect(await reassembly.overdue()).to.deep.equal([])
  })

  it('the same long text sent twice under the same reference is two messages', async () => {
    const keys = new Set<string>()
    for (let round = 0; round < 2; round++) {
      for (const seq of [1, 2, 3]) {
        const message = await reassembly.add(part(seq))
        if (message) keys.add(message.dedupeKey)
        await message?.done()
      }
      // references come round again after 256 messages, never within minutes
      events.nowMs += 11 * 60_000
    }
    expect(keys.size).to.equal(2)
  })

  it('that never came leave a gap after five minutes', async () => {
    await reassembly.add(part(1))
    await reassembly.add(part(3))
    events.nowMs += 5 * 60_000 - 1
    expect(await reassembly.overdue()).to.deep.equal([])
    events.nowMs += 1
    const [message] = await reassembly.overdue()
    expect(textOf(message)).to.equal('我想…导游')
    await message!.done()
    expect(await reassembly.overdue()).to.deep.equal([])
  })

  it('are not taken while the store is down, and are whole when it is back', async () => {
    await reassembly.add(part(1))
    events.storeDown = true
    const failed = await reassembly.add(part(2)).catch((error: unknown) => error)
    expect(failed).to.be.an('error')
    events.storeDown = false
    await reassembly.add(part(3))
    expect(textOf(await reassembly.add(part(2)))).to.equal('我想投诉导游')
  })

  it('of a sender who never finishes push out none but the oldest', async () => {
    for (let ref = 0; ref < 600; ref++) await reassembly.add(part(1, { ref, wide: true }))
    events.nowMs += 5 * 60_000
    expect(await reassembly.overdue()).to.have.length(500)
  })
})
