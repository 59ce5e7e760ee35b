import { expect } from 'chai'
import { OTHER_LABEL, Tally } from '../../gateway/measures/tally.ts'

const HOUR_MS = 3_600_000
const at = Date.parse('2026-11-22T15:30:00Z')
const by = { channel: 'voice', lang: 'zh-CN' }
const enter = { flow: 'main', version: 1, block: 'menu', event: 'enter' }

describe('counting in memory', () => {
  it('is by the hour, and by the day of the hotline’s own zone', () => {
    const tally = new Tally('Asia/Shanghai')
    tally.add(enter, by, at)
    tally.add(enter, by, at + HOUR_MS)
    const starts = tally.dirty().map(({ step, startMs }) => [step, new Date(startMs).toISOString()])
    // in Shanghai the first is of the 22nd, half past eleven at night; the second of the 23rd
    expect(starts).to.deep.equal([
      ['hour', '2026-11-22T15:00:00.000Z'],
      ['day', '2026-11-21T16:00:00.000Z'],
      ['hour', '2026-11-22T16:00:00.000Z'],
      ['day', '2026-11-22T16:00:00.000Z'],
    ])
  })

  it('forgets an hour that is over only when it is written', () => {
    const tally = new Tally('Asia/Shanghai')
    tally.add(enter, by, at)
    tally.forgetPast(at + 3 * HOUR_MS)
    expect(tally.size).to.equal(2)
    for (const row of tally.dirty()) row.dirty = false
    tally.forgetPast(at)
    expect(tally.size).to.equal(2)
    tally.forgetPast(at + HOUR_MS)
    expect(tally.size).to.equal(0)
  })

  it('of labels without end counts the rest together, and of blocks without end no more', () => {
    const tally = new Tally('Asia/Shanghai')
    for (let n = 0; n < 500; n++) tally.add({ ...enter, event: 'custom', label: `${n}` }, by, at)
    const [row] = tally.dirty()
    expect(row!.counts.get(`menu\0custom\0${OTHER_LABEL}`)?.[3]).to.equal(300)
    for (let n = 0; n < 20_000; n++) tally.add({ ...enter, block: `b${n}` }, by, at)
    expect(row!.counts.size).to.equal(10_000)
    for (let n = 0; n < 5000; n++) tally.add({ ...enter, flow: `f${n}` }, by, at)
    expect(tally.size).to.equal(2000)
    expect(tally.dropped).to.be.greaterThan(0)
  })
})
