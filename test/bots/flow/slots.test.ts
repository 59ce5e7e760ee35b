import { expect } from 'chai'
import { parseSlot } from '../../../bots/flow/slots/parse.ts'
import type { Slot } from '../../../bots/flow/schema.ts'

// a Saturday, 21:00 in Shanghai
const nowMs = Date.parse('2026-11-21T13:00:00Z')

function understand(slot: Slot, text: string, timezone = 'Asia/Shanghai', at = nowMs): unknown {
  const heard = { text, confidence: 1, by: 'text' } as const
  const result = parseSlot(slot, heard, { lang: 'zh-CN', nowMs: at, timezone })
  return typeof result === 'string' ? result : result.value
}

function table(slot: Slot, rows: [string, unknown][]): void {
  for (const [text, value] of rows)
    it(`${text || '(nothing)'} → ${String(value)}`, () => {
      expect(understand(slot, text)).to.deep.equal(value)
    })
}

describe('numbers as people say them', () => {
  table({ type: 'number' }, [
    ['3', 3],
    ['三个人', 3],
    ['十二', 12],
    ['二十', 20],
    ['一百零五', 105],
    ['三千五', 3500],
    ['三千零五', 3005],
    ['两万', 20000],
    ['一万两千三', 12300],
    ['1.5万', 15000],
    ['1,200元', 1200],
    ['一共3个人', 3],
    ['大概二十来个', 20],
    ['三点五', 3.5],
    ['twenty five', 25],
    ['a hundred and two', 102],
    ['3个大人2个小孩', 'noMatch'],
    ['-0', 0],
    ['很多', 'noMatch'],
    ['', 'noMatch'],
  ])
  it('out of bounds is another thing than not understood', () => {
    expect(understand({ type: 'number', max: 9 }, '十')).to.equal('invalid')
    expect(understand({ type: 'number', integer: true }, '1.5')).to.equal('invalid')
  })
})

describe('telephone numbers as people say them', () => {
  table({ type: 'phone' }, [
    ['13800138000', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['幺三八零零幺三八零零零', '13800138000'],
    ['我的电话是一三八零零一三八零零零', '13800138000'],
    ['010-65130828', '01065130828'],
    ['4008123123', '4008123123'],
    ['13800138', 'invalid'],
    ['+44 20 7946 0958', 'invalid'],
    ['110', 'invalid'],
    ['没有', 'noMatch'],
  ])
  it('foreign numbers count where they are asked for', () => {
    expect(understand({ type: 'phone', country: 'intl' }, '+44 20 7946 0958')).to.equal(
      '+442079460958',
    )
    expect(understand({ type: 'phone', country: 'intl' }, '0082 10 1234 5678')).to.equal(
      '+821012345678',
    )
  })
})

describe('days as people say them, on Saturday 21 November 2026', () => {
  table({ type: 'date' }, [
    ['今天', '2026-11-21'],
    ['明天下午', '2026-11-22'],
    ['后天', '2026-11-23'],
    ['大后天', '2026-11-24'],
    ['昨天', '2026-11-20'],
    ['大前天', '2026-11-18'],
    ['三天后', '2026-11-24'],
    ['10天前', '2026-11-11'],
    ['2026-10-03', '2026-10-03'],
    ['2026年10月3日', '2026-10-03'],
    ['二〇二六年十月三日', '2026-10-03'],
    ['20261003', '2026-10-03'],
    ['10月3日', '2026-10-03'],
    ['十月三号', '2026-10-03'],
    ['1月2号', '2027-01-02'],
    ['明年10月3日', '2027-10-03'],
    ['下周一', '2026-11-23'],
    ['下周日', '2026-11-29'],
    ['周五', '2026-11-27'],
    ['上周五', '2026-11-13'],
    ['这周六', '2026-11-21'],
    ['25号', '2026-11-25'],
    ['3号', '2026-12-03'],
    ['下个月5号', '2026-12-05'],
    ['上个月30号', '2026-10-30'],
    ['today', '2026-11-21'],
    ['tomorrow morning', '2026-11-22'],
    ['the day after tomorrow', '2026-11-23'],
    ['next Monday', '2026-11-23'],
    ['on Friday', '2026-11-27'],
    ['October 3rd', '2026-10-03'],
    ['3 Oct 2027', '2027-10-03'],
    ['in 3 days', '2026-11-24'],
    ['2月30日', 'noMatch'],
    ['以后再说', 'noMatch'],
  ])
  it('an incomplete date leans the way the question asks', () => {
    expect(understand({ type: 'date', future: true }, '10月3日')).to.equal('2027-10-03')
    expect(understand({ type: 'date', past: true }, '周五')).to.equal('2026-11-20')
    expect(understand({ type: 'date', future: true }, '昨天')).to.equal('invalid')
  })
  it('today depends on the zone of the flow', () => {
    const late = Date.parse('2026-11-21T17:00:00Z')
    expect(understand({ type: 'date' }, '今天', 'Asia/Shanghai', late)).to.equal('2026-11-22')
    expect(understand({ type: 'date' }, 'today', 'Europe/London', late)).to.equal('2026-11-21')
  })
})

describe('rows of digits and free text', () => {
  it('keeps leading zeros', () => {
    expect(understand({ type: 'digits' }, '零零一二')).to.equal('0012')
    expect(understand({ type: 'digits', minLength: 4 }, '12')).to.equal('invalid')
  })
  it('checks a pattern, and refuses to run a dangerous one', () => {
    expect(understand({ type: 'text', pattern: '^[A-Z]\\d{3}$' }, 'A123')).to.equal('A123')
    expect(understand({ type: 'text', pattern: '^[A-Z]\\d{3}$' }, 'A12')).to.equal('invalid')
    const started = performance.now()
    expect(understand({ type: 'text', pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`)).to.equal(
      'invalid',
    )
    expect(performance.now() - started).to.be.below(200)
  })
})
