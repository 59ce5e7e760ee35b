import { expect } from 'chai'
import { e164 } from '../../../channels/voice/phone-number.ts'

describe('telephone numbers as identities', () => {
  for (const [written, known] of [
    ['13900000000', '+8613900000000'],
    ['013900000000', '+8613900000000'],
    ['8613900000000', '+8613900000000'],
    ['+8613900000000', '+8613900000000'],
    ['008613900000000', '+8613900000000'],
    ['029-8721 0000', '+862987210000'],
    ['+44 20 7946 0000', '+442079460000'],
    ['12301', '12301'],
    ['801', '801'],
  ] as const)
    it(`${written} is ${known}`, () => expect(e164(written)).to.equal(known))

  for (const nobody of ['anonymous', 'Anonymous', '', '+', 'sipp', '1'.repeat(40)])
    it(`«${nobody}» is no number`, () => expect(e164(nobody)).to.equal(undefined))
})
