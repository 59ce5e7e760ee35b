import { expect } from 'chai'
import fc from 'fast-check'
import { concatenationHeader, readUserData } from '../../../channels/sms/udh.ts'

const body = Buffer.from('abc')

describe('user data header', () => {
  it('ties parts with an 8-bit and a 16-bit reference', () => {
    const narrow = { ref: 0x1ba, wide: false, total: 3, seq: 2 }
    expect(concatenationHeader(narrow).toString('hex')).to.equal('050003ba0302')
    const wide = { ref: 0x1ba, wide: true, total: 3, seq: 2 }
    expect(concatenationHeader(wide).toString('hex')).to.equal('06080401ba0302')
    for (const each of [{ ...narrow, ref: 0xba }, wide]) {
      const read = readUserData(Buffer.concat([concatenationHeader(each), body]))
      expect(read).to.deep.equal({ concatenation: each, body })
    }
  })

  it('finds the concatenation behind other elements', () => {
    // port addressing (05) before it, as with a picture or a vCard
    const header = Buffer.from('0b05040b8423f000037b0201', 'hex')
    const read = readUserData(Buffer.concat([header, body]))
    expect(read.concatenation).to.include({ ref: 0x7b, total: 2, seq: 1 })
    expect(read.body.toString()).to.equal('abc')
  })

  it('takes for text what cannot be a header', () => {
    for (const hex of ['', '05', '050003ba', '0500ff010101aa', 'ff0003ba0302'])
      expect(readUserData(Buffer.from(hex, 'hex')).body.toString('hex')).to.equal(hex)
  })

  it('ignores a place outside the whole', () => {
    for (const hex of ['050003ba0300', '050003ba0304', '050003ba0000'])
      expect(readUserData(Buffer.from(hex + '616263', 'hex'))).to.deep.equal({ body })
  })

  it('reads whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 160 }), (bytes) => {
        const { concatenation, body: rest } = readUserData(Buffer.from(bytes))
        expect(rest.length).to.be.at.most(bytes.length)
        if (concatenation) expect(concatenation.seq).to.be.within(1, concatenation.total)
      }),
    )
  })
})
