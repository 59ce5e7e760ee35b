import { expect } from 'chai'
import { parseHash } from '../../admin/src/route.ts'
import { passwordFault } from '../../admin/src/session/passwordFault.ts'

describe('admin: addresses', () => {
  it('a room, what is open in it, and what is asked', () => {
    const route = parseHash('#/tickets/C20261121-0007?status=open&q=a?b')
    expect(route.segments).to.deep.equal(['tickets', 'C20261121-0007'])
    expect(route.path).to.equal('/tickets/C20261121-0007')
    expect(route.query.get('status')).to.equal('open')
    expect(route.query.get('q')).to.equal('a?b')
  })

  it('no address, Chinese and broken ones', () => {
    expect(parseHash('').segments).to.deep.equal([])
    expect(parseHash('#/knowledge/%E9%97%A8%E7%A5%A8').segments).to.deep.equal([
      'knowledge',
      '门票',
    ])
    expect(parseHash('#/knowledge/%E9%97').segments).to.deep.equal(['knowledge', '%E9%97'])
  })
})

describe('admin: a password of one’s own', () => {
  it('is long enough and not the user name', () => {
    expect(passwordFault('123456789', 'lin')).to.equal('passwordShort')
    expect(passwordFault('1234567890', 'lin')).to.equal(undefined)
    expect(passwordFault('Lin.Xiaoyu', 'lin.xiaoyu')).to.equal('passwordIsUserName')
  })
})
