import { expect } from 'chai'
import { totals, widths } from '../../../admin/src/delivery/share.ts'

const summary = [
  { accountId: 'quiet', name: 'Quiet', waiting: 1, dead: 0, deadInbox: 0 },
  { accountId: 'loud', name: 'Loud', waiting: 2, dead: 5, deadInbox: 1 },
]

describe('admin: what waits and failed, by account', () => {
  it('is added up', () => {
    expect(totals(summary)).to.deep.equal({ waiting: 3, dead: 5, deadInbox: 1 })
    expect(totals([])).to.deep.equal({ waiting: 0, dead: 0, deadInbox: 0 })
  })
  it('is drawn with the worst account first and full', () => {
    const [first, second] = widths(summary)
    expect(first).to.deep.include({
      ...{ accountId: 'loud', percent: { waiting: 25, dead: 62.5, deadInbox: 12.5 } },
    })
    expect(second!.percent).to.deep.equal({ waiting: 12.5, dead: 0, deadInbox: 0 })
  })
})
