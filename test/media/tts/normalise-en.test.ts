import { expect } from 'chai'
import { normalise } from '../../../media/tts/normalise/normalise.ts'

const TABLE: Record<string, [written: string, spoken: string][]> = {
  'numbers of telephones digit by digit, in groups': [
    ['Call 12301 for help', 'Call one two three zero one for help'],
    ['Dial 110 for police', 'Dial one one zero for police'],
    ['Hotline: 029-87211234', 'Hotline: zero two nine, eight seven two one, one two three four'],
    ['13900000000', 'one three nine, zero zero zero zero, zero zero zero zero'],
    ['+86 29 8721 1234', 'plus eight six, two nine, eight seven two one, one two three four'],
    [
      '029-87211234-801',
      'zero two nine, eight seven two one, one two three four, extension eight zero one',
    ],
    ['400-800-1234', 'four zero zero, eight zero zero, one two three four'],
  ],
  'the same digits counted where they count something': [
    ['12345 people', 'twelve thousand three hundred forty five people'],
    ['It costs 120 yuan', 'It costs one hundred twenty yuan'],
    ['1,234,567', 'one million two hundred thirty four thousand five hundred sixty seven'],
  ],
  'serials and names made of digits': [
    [
      'Your ticket number is T20261122-0013.',
      'Your ticket number is T two zero two six, one one two two, zero zero one three.',
    ],
    ['ticket 1050', 'ticket one zero five zero'],
    ['code: 4711', 'code, four seven one one'],
    ['room 808', 'room eight zero eight'],
    ['bus 610', 'bus six one zero'],
    ['CA1234', 'C A one two three four'],
    ['5A scenic area', 'five A scenic area'],
    ['COVID-19', 'COVID nineteen'],
    ['a 24-hour service, 24/7', 'a twenty four hour service, twenty four seven'],
    ['007', 'zero zero seven'],
    ['1 3 9 0', 'one three nine zero'],
  ],
  prices: [
    ['¥120', 'one hundred twenty yuan'],
    ['RMB 35.50', 'thirty five point five yuan'],
    ['35.5 yuan', 'thirty five point five yuan'],
    ['CNY 100-200', 'one hundred to two hundred yuan'],
    ['¥50/person', 'fifty yuan per person'],
    ['$35.50', 'thirty five dollars and fifty cents'],
    ['$1.01', 'one dollar and one cent'],
    ['£2.01', 'two pounds and one penny'],
    ['€1', 'one euro'],
    ['$3 million', 'three million dollars'],
  ],
  'percent, distances, temperatures': [
    ['10%', 'ten percent'],
    ['10%-20%', 'ten to twenty percent'],
    ['1 km', 'one kilometer'],
    ['3-5 km', 'three to five kilometers'],
    ['60km/h', 'sixty kilometers per hour'],
    ['25℃', 'twenty five degrees Celsius'],
    ['-5°C', 'minus five degrees Celsius'],
  ],
  dates: [
    ['2026-11-22', 'November twenty second, twenty twenty six'],
    ['2026-11-22T08:30:00+08:00', 'November twenty second, twenty twenty six, eight thirty A M'],
    ['11/22/2026', 'November twenty second, twenty twenty six'],
    ['22/11/2026', 'November twenty second, twenty twenty six'],
    ['Nov. 22', 'November twenty second'],
    ['22 November 2026', 'November twenty second, twenty twenty six'],
    ['the 22nd of November', 'the November twenty second'],
    ['October 1-7', 'October first to seventh'],
    ['May 1, 2026', 'May first, twenty twenty six'],
    ['yesterday, or 3 October.', 'yesterday, or October third.'],
    ['June 2026', 'June twenty twenty six'],
    ['in 1999', 'in nineteen ninety nine'],
    ['since 2005', 'since two thousand five'],
    ['Expo 2026', 'Expo twenty twenty six'],
    ['2025-2026', 'twenty twenty five to twenty twenty six'],
    ['221 BC', 'two twenty one B C'],
    ['in the 1990s', 'in the nineteen nineties'],
    ['2000 people', 'two thousand people'],
  ],
  times: [
    ['8:30', 'eight thirty'],
    ['8:05', 'eight oh five'],
    ['8:00', "eight o'clock"],
    ['08:30', 'eight thirty A M'],
    ['14:30', 'two thirty P M'],
    ['0:30', 'twelve thirty A M'],
    ['8:30–17:00', 'eight thirty A M to five P M'],
    ['9:00 PM', 'nine P M'],
    ['9am-5pm', 'nine A M to five P M'],
    ['9-11 a.m.', 'nine to eleven A M'],
    ['12:00 p.m. to 1:05 p.m.', 'twelve P M to one oh five P M'],
  ],
  'other numbers': [
    ['1st, 2nd, 3rd, 21st and 30th', 'first, second, third, twenty first and thirtieth'],
    ['No. 5', 'number five'],
    ['1/2 and 3/4', 'one half and three quarters'],
    ['3:1', 'three to one'],
    ['3.14', 'three point one four'],
    ['1-2 days', 'one to two days'],
    ['-5', 'minus five'],
    ['3 x 4', 'three times four'],
    ['100+', 'one hundred plus'],
  ],
  'keys of the telephone': [
    ['Press 1, or press # to finish', 'Press one, or press pound to finish'],
    ['press the * key', 'press the star key'],
    ['press "*"', 'press "star"'],
  ],
  'Chinese beside it': [
    ['Just ask, or press 2. 中文服务请按1。', 'Just ask, or press two. 中文服务请按一。'],
    ['Press 1 for 中文', 'Press one for 中文'],
    ['Nov 22, 2026, 8:30', 'November twenty second, twenty twenty six, eight thirty'],
  ],
  'addresses and signs': [
    ['a.li_2@example.com', 'A dot L I underscore two at example dot com'],
    ['Visit https://www.example.com/visit?x=1 today', 'Visit example dot com slash visit today'],
    ['A&B, and/or C', 'A and B, and or C'],
    ['**Note** [tickets](http://a.b/c) 😀 <b>free</b> &amp; easy', 'Note tickets free and easy'],
  ],
}

describe('an English text put into words', () => {
  for (const [situation, cases] of Object.entries(TABLE)) {
    describe(situation, () => {
      for (const [written, spoken] of cases) {
        it(`${written} → ${spoken}`, () => expect(normalise(written, 'en')).to.equal(spoken))
      }
    })
  }
})
