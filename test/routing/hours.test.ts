import { expect } from 'chai'
import type { Schedule } from '../../gateway/domain/schedule.ts'
import {
  hoursState,
  isTimezone,
  nextOpening,
  seedHolidays,
  yearMissing,
} from '../../gateway/routing/hours.ts'

const office = [
  { fromMinute: 9 * 60, toMinute: 12 * 60 },
  { fromMinute: 13 * 60 + 30, toMinute: 18 * 60 },
]
const schedule = (given: Partial<Schedule> = {}): Schedule => ({
  _id: 's',
  name: { zh: '工作时间', en: 'Hours' },
  timezone: 'Asia/Shanghai',
  week: [[], office, office, office, office, office, []],
  exceptions: [],
  ...given,
})
const at = (iso: string): number => Date.parse(iso)
const night = { fromMinute: 22 * 60, toMinute: 6 * 60 }

describe('hours', () => {
  it('several periods a day: open, lunch, open, evening', () => {
    const states = ['08:59:59', '09:00', '11:59:59', '12:00', '13:30', '17:59', '18:00'].map((t) =>
      hoursState(schedule(), at(`2026-11-16T${t}+08:00`)),
    )
    expect(states.map((s) => s === 'open')).to.deep.equal([
      false,
      true,
      true,
      false,
      true,
      true,
      false,
    ])
    expect(hoursState(schedule(), at('2026-11-15T10:00+08:00')), 'Sunday').to.equal('closed')
  })

  it('the same moment is judged by the zone of the schedule', () => {
    const moment = at('2026-11-16T09:30+08:00')
    expect(hoursState(schedule(), moment)).to.equal('open')
    expect(hoursState(schedule({ timezone: 'Asia/Tokyo' }), moment)).to.equal('open')
    expect(hoursState(schedule({ timezone: 'Europe/Paris' }), moment)).to.equal('closed')
    expect(
      hoursState(schedule({ timezone: 'Asia/Kathmandu' }), at('2026-11-16T03:14:59Z')),
    ).to.equal('closed')
    expect(
      hoursState(schedule({ timezone: 'Asia/Kathmandu' }), at('2026-11-16T03:15:00Z')),
    ).to.equal('open')
  })

  it('a night shift runs across midnight, also into a day off', () => {
    const nights = schedule({ week: [[], [], [], [], [], [night], []] })
    expect(hoursState(nights, at('2026-11-20T21:59+08:00'))).to.equal('closed')
    expect(hoursState(nights, at('2026-11-20T23:00+08:00'))).to.equal('open')
    expect(hoursState(nights, at('2026-11-21T05:59+08:00'))).to.equal('open')
    expect(hoursState(nights, at('2026-11-21T06:00+08:00'))).to.equal('closed')
    expect(hoursState(nights, at('2026-11-21T22:00+08:00'))).to.equal('closed')
  })

  it('holidays close, make-up days open a Sunday, a holiday may have short hours', () => {
    const exceptions: Schedule['exceptions'] = [
      { date: '2026-11-16', kind: 'holiday', periods: [] },
      { date: '2026-11-15', kind: 'workday', periods: office },
      { date: '2026-11-17', kind: 'holiday', periods: [{ fromMinute: 600, toMinute: 660 }] },
    ]
    const s = schedule({ exceptions })
    expect(hoursState(s, at('2026-11-16T10:00+08:00'))).to.equal('holiday')
    expect(hoursState(s, at('2026-11-15T10:00+08:00'))).to.equal('open')
    expect(hoursState(s, at('2026-11-15T12:30+08:00'))).to.equal('closed')
    expect(hoursState(s, at('2026-11-17T10:30+08:00'))).to.equal('open')
    expect(hoursState(s, at('2026-11-17T11:00+08:00'))).to.equal('holiday')
  })

  it('next opening: now, after lunch, after the weekend, after a holiday, never', () => {
    const next = (s: Schedule, iso: string): string | undefined => {
      const moment = nextOpening(s, at(iso))
      return moment === undefined
        ? undefined
        : new Date(moment + 8 * 3_600_000).toISOString().slice(0, 16)
    }
    expect(next(schedule(), '2026-11-16T10:07+08:00')).to.equal('2026-11-16T10:07')
    expect(next(schedule(), '2026-11-16T12:10+08:00')).to.equal('2026-11-16T13:30')
    expect(next(schedule(), '2026-11-20T18:00+08:00')).to.equal('2026-11-23T09:00')
    const national = schedule({ exceptions: seedHolidays(2026, office) })
    expect(next(national, '2026-09-30T20:00+08:00')).to.equal('2026-10-08T09:00')
    expect(
      next(schedule({ week: [[], [], [], [], [], [], []] }), '2026-11-16T10:00+08:00'),
    ).to.equal(undefined)
  })

  it('the hour skipped in spring: opens right after the jump; the hour doubled in autumn is open twice', () => {
    const early = schedule({
      timezone: 'Europe/Paris',
      week: [[{ fromMinute: 150, toMinute: 240 }], [], [], [], [], [], []],
    })
    // 29 March 2026: 02:00 → 03:00; 25 October 2026: 03:00 → 02:00
    expect(nextOpening(early, at('2026-03-29T00:00Z'))).to.equal(at('2026-03-29T01:30Z'))
    expect(hoursState(early, at('2026-03-29T01:00Z')), '03:00 by the wall').to.equal('open')
    expect(nextOpening(early, at('2026-10-24T20:00Z'))).to.equal(at('2026-10-25T00:30Z'))
    expect(hoursState(early, at('2026-10-25T01:15Z')), '02:15 the second time').to.equal('closed')
    expect(hoursState(early, at('2026-10-25T01:45Z'))).to.equal('open')
  })

  it('China’s holidays of 2026: Spring Festival off, make-up Saturdays at work, and a year not published', () => {
    const days = seedHolidays(2026, office)
    const kindOf = (date: string): string | undefined => days.find((d) => d.date === date)?.kind
    expect(
      ['2026-02-14', '2026-02-15', '2026-02-23', '2026-02-24', '2026-10-01'].map(kindOf),
    ).to.deep.equal(['workday', 'holiday', 'holiday', undefined, 'holiday'])
    expect(days.filter((d) => d.kind === 'workday').every((d) => d.periods.length === 2)).to.equal(
      true,
    )
    expect(days.find((d) => d.date === '2026-02-15')?.name).to.equal('春节')
    expect(seedHolidays(2035)).to.deep.equal([])
    expect(yearMissing(schedule({ exceptions: days }), 2026)).to.equal(false)
    expect(yearMissing(schedule({ exceptions: days }), 2027)).to.equal(true)
  })

  it('a zone nobody knows is a mistake to be shown, not to be guessed away', () => {
    expect(isTimezone('Asia/Shanghai')).to.equal(true)
    expect(isTimezone('Asia/Peking')).to.equal(false)
    expect(() => hoursState(schedule({ timezone: 'Asia/Peking' }), 0)).to.throw(RangeError)
  })
})
