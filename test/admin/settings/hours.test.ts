import { expect } from 'chai'
import fc from 'fast-check'
import {
  clockOf,
  minuteOf,
  readPeriods,
  weekLines,
  weekOrder,
  writtenPeriods,
} from '../../../admin/src/settings/hours/week.ts'
import { yearsWithoutHolidays } from '../../../admin/src/settings/hours/seeded.ts'

describe('hours as people type them', () => {
  it('are read in many ways', () => {
    const wanted = [
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 810, toMinute: 1050 },
    ]
    for (const typed of [
      '09:00-12:00, 13:30-17:30',
      '9-12 13:30-17:30',
      '9:00~12:00、13:30~17:30',
      '13:30-17:30,0900–1200',
      '9:00 至 12:00;13:30 到 17:30',
    ])
      expect(readPeriods(typed), typed).to.deep.equal({ ok: true, periods: wanted })
  })
  it('may reach midnight, and an empty text is a closed day', () => {
    expect(readPeriods('0:00-24:00')).to.deep.equal({
      ok: true,
      periods: [{ fromMinute: 0, toMinute: 1440 }],
    })
    expect(readPeriods('  ')).to.deep.equal({ ok: true, periods: [] })
  })
  it('are refused with the piece that is wrong', () => {
    expect(readPeriods('9-12, lunch')).to.deep.include({ ok: false, why: 'format' })
    expect(readPeriods('12:00-09:00')).to.deep.equal({ ok: false, why: 'order', at: '12:00-09:00' })
    expect(readPeriods('9-12,11-14')).to.deep.equal({
      ok: false,
      why: 'overlap',
      at: '11:00-14:00',
    })
    expect(readPeriods('9-25')).to.deep.include({ ok: false, why: 'format' })
    expect(minuteOf('9:75')).to.equal(undefined)
  })
  it('come back as they were written', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), {
      minLength: 2,
      maxLength: 8,
    })
    fc.assert(
      fc.property(minutes, (some) => {
        const sorted = some.sort((a, b) => a - b)
        const periods = sorted.flatMap((fromMinute, at) =>
          at % 2 === 0 && sorted[at + 1] !== undefined
            ? [{ fromMinute, toMinute: sorted[at + 1]! }]
            : [],
        )
        expect(readPeriods(writtenPeriods(periods))).to.deep.equal({ ok: true, periods })
      }),
    )
    expect(clockOf(1440)).to.equal('24:00')
  })
  it('are told together for days alike, Sunday last', () => {
    const day = [{ fromMinute: 540, toMinute: 1080 }]
    expect(weekLines([[], day, day, day, day, day, []])).to.deep.equal([
      [1, 5, '09:00-18:00'],
      [6, 0, ''],
    ])
  })
  it('stand in weeks that begin on Monday and have seven days', () => {
    expect(weekOrder[0]).to.equal(1)
    expect([...weekOrder].sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6])
  })
})

describe('years without holidays', () => {
  const holiday = (date: string) => ({ date, kind: 'holiday' as const, periods: [] })
  const june = new Date(2026, 5, 1).getTime()
  const november = new Date(2026, 10, 21).getTime()
  it('asks for next year only once its holidays are announced', () => {
    const schedule = { exceptions: [holiday('2026-10-01')] }
    expect(yearsWithoutHolidays(schedule, june)).to.deep.equal([])
    expect(yearsWithoutHolidays(schedule, november)).to.deep.equal([2027])
  })
  it('does not take a make-up working day for a holiday', () => {
    const exceptions = [{ date: '2026-10-10', kind: 'workday' as const, periods: [] }]
    expect(yearsWithoutHolidays({ exceptions }, june)).to.deep.equal([2026])
  })
})
