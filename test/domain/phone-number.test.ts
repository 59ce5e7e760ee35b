import { expect } from 'chai'
import {
  displayPhone,
  maskedPhone,
  normalPhone,
  takesTextMessages,
} from '../../gateway/domain/phone-number.ts'

describe('telephone numbers', () => {
  for (const [written, known] of [
    // a Chinese mobile, as telephones, carriers and people write it
    ['13900000000', '+8613900000000'],
    ['013900000000', '+8613900000000'],
    ['8613900000000', '+8613900000000'],
    ['+8613900000000', '+8613900000000'],
    ['008613900000000', '+8613900000000'],
    ['+86 013900000000', '+8613900000000'],
    ['139-0000-0000', '+8613900000000'],
    ['139 0000 0000', '+8613900000000'],
    ['(+86)139‑0000–0000', '+8613900000000'],
    ['13900000000', '+8613900000000'],
    ['+86 139 0000 0000', '+8613900000000'],
    ['\u202a+86 139 0000 0000\u202c', '+8613900000000'],
    ['tel:+86-139-0000-0000', '+8613900000000'],
    // landlines with their area code
    ['029-8721 0000', '+862987210000'],
    ['(010) 6512 3456', '+861065123456'],
    ['0086 10 65123456', '+861065123456'],
    ['+86 029 87210000', '+862987210000'],
    ['862987210000', '+862987210000'],
    ['0911-2345678', '+869112345678'],
    // abroad
    ['+44 20 7946 0000', '+442079460000'],
    ['0044 20 7946 0000', '+442079460000'],
    ['00852 2345 6789', '+85223456789'],
    // not public: as they are
    ['12301', '12301'],
    ['+8612301', '12301'],
    ['10086', '10086'],
    ['+8695588', '95588'],
    ['110', '110'],
    ['801', '801'],
    ['87210000', '87210000'],
    ['4008001234', '4008001234'],
    ['106575258192144', '106575258192144'],
  ] as const)
    it(`${written} is ${known}`, () => expect(normalPhone(written)).to.equal(known))

  for (const nobody of [
    ...['anonymous', 'Anonymous', '', '+', 'sipp', '1'.repeat(40), 'YILU', '5', '+0123456789'],
    ...['+861', `+${'4'.repeat(16)}`, '13900000000 转 8001', '<script>', '9'.repeat(100_000)],
  ])
    it(`«${nobody.slice(0, 40)}» is no number`, () =>
      expect(normalPhone(nobody)).to.equal(undefined))

  it('what is normal stays as it is', () => {
    for (const number of ['+8613900000000', '+862987210000', '+442079460000', '12301', '8001'])
      expect(normalPhone(number)).to.equal(number)
  })

  it('elsewhere a number without a country code is not taken for a Chinese one', () => {
    expect(normalPhone('13900000000', '1')).to.equal('13900000000')
    expect(normalPhone('+8613900000000', '1')).to.equal('+8613900000000')
  })

  it('is shown as people write it', () => {
    expect(displayPhone('+8613900000000')).to.equal('139 0000 0000')
    expect(displayPhone('+862987210000')).to.equal('029-8721 0000')
    expect(displayPhone('+861065123456')).to.equal('010-6512 3456')
    expect(displayPhone('+869112345678')).to.equal('0911-234 5678')
    expect(displayPhone('+442079460000')).to.equal('+442079460000')
    expect(displayPhone('12301')).to.equal('12301')
  })

  it('is hidden so that only who has it recognises it', () => {
    expect(maskedPhone('+8613900000000')).to.equal('139****0000')
    expect(maskedPhone('+442079460000')).to.equal('+4420****0000')
    expect(maskedPhone('12301')).to.equal('12301')
  })

  it('takes text messages only as a mobile, as far as we know', () => {
    expect(takesTextMessages('+8613900000000')).to.equal(true)
    expect(takesTextMessages('+862987210000')).to.equal(false)
    expect(takesTextMessages('+447700900000')).to.equal(true)
    expect(takesTextMessages('12301')).to.equal(false)
    expect(takesTextMessages('4008001234')).to.equal(false)
  })
})
