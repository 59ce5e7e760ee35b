import { expect } from 'chai'
import { parseRange, plainAddress } from '../../gateway/telephony/address-range.ts'

describe('addresses by which a trunk is known', () => {
  const has = (range: string, address: string) => parseRange(range)!.contains(address)

  it('a range holds its addresses and no other', () => {
    expect(has('10.1.0.0/16', '10.1.255.255')).to.be.true
    expect(has('10.1.0.0/16', '10.2.0.0')).to.be.false
    expect(has('192.0.2.7', '192.0.2.7')).to.be.true
    expect(has('192.0.2.7', '192.0.2.8')).to.be.false
    expect(has('2001:db8::/33', '2001:db8:7fff::1')).to.be.true
    expect(has('2001:db8::/33', '2001:db8:8000::1')).to.be.false
    expect(has('0.0.0.0/0', '203.0.113.9')).to.be.true
    expect(has('0.0.0.0/0', '2001:db8::1')).to.be.false
  })

  it('IPv4 through a dual-stack socket is IPv4', () => {
    expect(has('10.0.0.0/8', '::ffff:10.9.9.9')).to.be.true
    expect(has('127.0.0.1', '::FFFF:127.0.0.1')).to.be.true
    expect(plainAddress('fe80::1%eth0')).to.equal('fe80::1')
    expect(has('::1', '::1')).to.be.true
  })

  it('what is no address is in no range', () => {
    for (const text of ['', 'phone.example.com', '10.0.0', '10.0.0.1:5060'])
      expect(has('0.0.0.0/0', text), text).to.be.false
  })

  it('what is no range is refused', () => {
    const wrong = ['', '10.0.0.0/33', '10.0.0/8', '::1/129', '10.0.0.0/8/8', '10.0.0.0/-1', 'a/8']
    for (const text of [...wrong, '10.0.0.0/', '10.0.0.0/8x'])
      expect(parseRange(text), text).to.equal(undefined)
  })

  it('one range has one key, however it is written', () => {
    const key = (text: string) => parseRange(text)!.key
    expect(key('10.0.0.7/8')).to.equal(key('10.255.0.0/8'))
    expect(key('10.0.0.0/8')).to.not.equal(key('10.0.0.0/9'))
    expect(key('2001:DB8:0::/32')).to.equal(key('2001:db8:ffff::1/32'))
    expect(key('::ffff:10.0.0.1')).to.equal(key('10.0.0.1/32'))
    expect(key('::/0')).to.not.equal(key('0.0.0.0/0'))
  })
})
