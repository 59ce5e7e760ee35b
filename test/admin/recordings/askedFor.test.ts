import { expect } from 'chai'
import { askedFor } from '../../../admin/src/recordings/askedFor.ts'
import { searchOf } from '../../../admin/src/records/useAddressFilter.ts'

describe('looking for recordings', () => {
  it('days become moments where the reader is, the last day whole', () => {
    const { fromMs, toMs, ...rest } = askedFor({ q: '139', from: '2026-11-21', to: '2026-11-21' })
    expect(fromMs).to.equal(new Date(2026, 10, 21).getTime())
    expect(toMs).to.equal(new Date(2026, 10, 22).getTime())
    expect(rest).to.deep.equal({ q: '139' })
  })
  it('the last of a year is followed by the next year; half a date asks for nothing', () => {
    expect(askedFor({ to: '2026-12-31' }).toMs).to.equal(new Date(2027, 0, 1).getTime())
    expect(askedFor({ from: '2026', to: 'x' })).to.deep.equal({})
  })
  it('what is empty does not stand in the address', () => {
    expect(searchOf({ q: '', kind: 'call' })).to.equal('?kind=call')
    expect(searchOf({})).to.equal('')
  })
})
