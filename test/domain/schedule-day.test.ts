import { expect } from 'chai'
import { datesBetween } from '../../admin/src/settings/hours/datesBetween.ts'
import { scheduleOf } from '../../admin/src/settings/hours/scheduleForm.ts'
import { monthWeeks, scheduleDay } from '../../gateway/domain/schedule-day.ts'
import { seedHolidays, usualHours } from '../../gateway/routing/holidays.ts'

const office = [{ fromMinute: 540, toMinute: 1020 }]
const schedule = {
  week: [[], office, office, office, office, office, []],
  exceptions: [
    { date: '2026-10-01', kind: 'holiday' as const, periods: [], name: '国庆节' },
    { date: '2026-10-10', kind: 'workday' as const, periods: office },
    { date: '2026-10-01', kind: 'workday' as const, periods: office },
  ],
}

describe('a month of working hours', () => {
  it('an ordinary day by its weekday, an exception before it, the last one of a date', () => {
    expect(scheduleDay(schedule, '2026-10-09', 5)).to.deep.equal({ periods: office })
    expect(scheduleDay(schedule, '2026-10-11', 0)).to.deep.equal({ periods: [] })
    expect(scheduleDay(schedule, '2026-10-10', 6).exception!.kind).to.equal('workday')
    expect(scheduleDay(schedule, '2026-10-01', 4).exception!.kind).to.equal('workday')
  })

  it('is drawn in weeks from Monday, every day once, of leap years too', () => {
    const october = monthWeeks(2026, 10)
    expect(october[0]).to.deep.equal([
      ...[undefined, undefined, undefined],
      ...['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'],
    ])
    expect(october).to.have.length(5)
    expect(monthWeeks(2028, 2).flat().filter(Boolean)).to.have.length(29)
    // 1 February 2027 is a Monday: four full weeks
    expect(monthWeeks(2027, 2).flat()).to.have.length(28)
    expect(monthWeeks(2026, 3)[5]![0]).to.equal('2026-03-30')
  })

  it('a make-up day is worked like the days it makes up for', () => {
    expect(usualHours(schedule.week)).to.deep.equal(office)
    const late = [{ fromMinute: 600, toMinute: 1320 }]
    expect(usualHours([[], [], late, [], [], [], []])).to.deep.equal(late)
    const seeded = seedHolidays(2026, usualHours(schedule.week))
    const madeUp = seeded.filter(({ kind }) => kind === 'workday')
    expect(madeUp.length).to.be.greaterThan(3)
    for (const { periods } of madeUp) expect(periods).to.deep.equal(office)
    expect(seeded.find(({ date }) => date === '2026-10-10')!.kind).to.equal('workday')
  })

  it('what is typed counts as far as it can be read', () => {
    const typed = scheduleOf({
      week: ['', '9-12', 'nonsense', '', '', '', ''],
      exceptions: [
        { date: '2026-10-01', kind: 'holiday', periods: '', name: '' },
        { date: '', kind: 'holiday', periods: '', name: '' },
      ],
    })
    expect(typed.week[1]).to.deep.equal([{ fromMinute: 540, toMinute: 720 }])
    expect(typed.week[2]).to.deep.equal([])
    expect(typed.exceptions).to.have.length(1)
    expect(scheduleOf({}).week).to.have.length(7)
  })

  it('a holiday of several days, over the end of a month; slips add nothing', () => {
    expect(datesBetween('2027-01-30', '2027-02-02')).to.deep.equal([
      ...['2027-01-30', '2027-01-31', '2027-02-01', '2027-02-02'],
    ])
    expect(datesBetween('2027-01-01', '2027-01-01')).to.deep.equal(['2027-01-01'])
    for (const [from, to] of [
      ['2027-01-02', '2027-01-01'],
      ['2027-01-01', '2028-01-01'],
      ['', '2027-01-01'],
      ['2027-01-01', ''],
    ])
      expect(datesBetween(from!, to!)).to.equal(undefined)
  })
})
