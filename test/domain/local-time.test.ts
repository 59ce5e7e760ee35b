import { expect } from 'chai'
import { localDate, localMidnightMs } from '../../gateway/domain/local-time.ts'

describe('local time', () => {
  it('the date is the one on the wall, not the one of Greenwich', () => {
    const beforeMidnight = Date.UTC(2026, 10, 21, 15, 59, 59, 999)
    expect(localDate(beforeMidnight, 'Asia/Shanghai')).to.equal('2026-11-21')
    expect(localDate(beforeMidnight + 1, 'Asia/Shanghai')).to.equal('2026-11-22')
    expect(localDate(beforeMidnight, 'America/New_York')).to.equal('2026-11-21')
    expect(localDate(Date.UTC(2028, 1, 29, 12), 'UTC')).to.equal('2028-02-29')
    expect(localDate(Date.UTC(2026, 0, 1), 'Pacific/Kiritimati')).to.equal('2026-01-01')
    expect(localDate(Date.UTC(2026, 0, 1), 'Pacific/Pago_Pago')).to.equal('2025-12-31')
  })

  it('midnight is the last one before, to the millisecond', () => {
    const midnight = Date.UTC(2026, 10, 20, 16)
    for (const afterMs of [0, 1, 999, 3_600_000, 86_399_999])
      expect(localMidnightMs(midnight + afterMs, 'Asia/Shanghai')).to.equal(midnight)
    expect(localMidnightMs(midnight + 86_400_000, 'Asia/Shanghai')).to.equal(midnight + 86_400_000)
    // half an hour zones
    expect(localMidnightMs(Date.UTC(2026, 10, 21, 0), 'Asia/Kolkata')).to.equal(
      Date.UTC(2026, 10, 20, 18, 30),
    )
  })

  it('midnight of a day that is 23 or 25 hours long is that day’s own', () => {
    const noon = { spring: Date.UTC(2026, 2, 29, 10), autumn: Date.UTC(2026, 9, 25, 11) }
    for (const atMs of Object.values(noon)) {
      const midnight = localMidnightMs(atMs, 'Europe/Berlin')
      expect(localDate(midnight, 'Europe/Berlin')).to.equal(localDate(atMs, 'Europe/Berlin'))
      expect(localDate(midnight - 1, 'Europe/Berlin')).not.to.equal(
        localDate(atMs, 'Europe/Berlin'),
      )
    }
  })
})
