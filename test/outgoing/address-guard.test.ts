import { expect } from 'chai'
import { parseAllowList } from '../../gateway/outgoing/allow-list.ts'
import { AddressGuard } from '../../gateway/outgoing/address-guard.ts'

describe('addresses that staff may have connected to', () => {
  const closed = new AddressGuard(parseAllowList(''))
  const refusal = (guard: AddressGuard, host: string, port = 443): string => {
    try {
      guard.checkTarget(host, port)
      return 'open'
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  for (const [what, ...addresses] of [
    ['this machine', '127.0.0.1', '127.8.8.8', '0.0.0.0', '0.1.2.3', '::1', '::'],
    ['private networks', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1'],
    ['carrier NAT and benchmarks', '100.64.0.1', '100.127.255.254', '198.18.0.1'],
    ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0'],
    ['metadata', '169.254.169.254', '100.100.100.200', '168.63.129.16', 'fd00:ec2::254'],
    ['multicast and broadcast', '224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1'],
    ['reserved and documentation', '240.0.0.1', '192.0.0.192', '192.0.2.1', '2001:db8::1'],
    ['IPv4 within IPv6', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '::ffff:0:10.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::1'],
    ['tunnels', '2002:7f00:1::', '2002:a00:1::', '2001:0:7f00:1::'],
    ['old site-local and what is not global', 'fec0::1', '5f00::1', '4000::1', '1::1'],
  ] as const)
    it(`${what} are refused`, () => {
      for (const address of addresses)
        for (const host of address.includes(':') ? [address, `[${address}]`] : [address])
          expect(refusal(closed, host), host).to.equal('ADDRESS_REFUSED')
    })

  it('the world is open, on ports of the web and above 1023', () => {
    for (const address of ['1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])
      expect(refusal(closed, address), address).to.equal('open')
    for (const port of [80, 443, 1024, 8443, 65_535])
      expect(refusal(closed, '1.1.1.1', port)).to.equal('open')
    for (const port of [22, 25, 139, 445, 1023]) {
      expect(refusal(closed, '1.1.1.1', port)).to.equal('PORT_REFUSED')
      expect(refusal(closed, 'mail.example', port)).to.equal('PORT_REFUSED')
    }
  })

  it('the operator opens ranges and addresses', () => {
    const guard = new AddressGuard(parseAllowList('10.1.0.0/16, 192.168.3.4 fd00:7::/64'))
    for (const address of ['10.1.2.3', '192.168.3.4', 'fd00:7::9', '::ffff:10.1.2.3'])
      expect(refusal(guard, address, 25), address).to.equal('open')
    for (const address of ['10.2.0.1', '192.168.3.5', 'fd00:8::1', '64:ff9b::10.1.2.3'])
      expect(refusal(guard, address), address).to.equal('ADDRESS_REFUSED')
  })

  it('the operator opens names, with one port or all; never as far as a metadata service', () => {
    const guard = new AddressGuard(parseAllowList('tours.internal, DB.internal:5432'))
    expect(guard.permits('tours.internal', '10.0.0.1', 25)).to.equal(true)
    expect(guard.permits('TOURS.internal.', '127.0.0.1', 80)).to.equal(true)
    expect(guard.permits('db.internal', '10.0.0.1', 5432)).to.equal(true)
    expect(guard.permits('db.internal', '10.0.0.1', 5433)).to.equal(false)
    expect(guard.permits('x.tours.internal', '10.0.0.1', 80)).to.equal(false)
    for (const address of ['169.254.169.254', 'fe80::1', '168.63.129.16', '224.0.0.1'])
      expect(guard.permits('tours.internal', address, 80), address).to.equal(false)
  })

  for (const bad of ['10.0.0.0/33', '10.1', '0x7f.1', '2130706433', 'a b/c', 'http://x', 'x:99999'])
    it(`${bad} is no entry of an allow-list`, () => {
      expect(() => parseAllowList(bad)).to.throw(/neither/)
    })

  it('of the addresses of a name only those that may be reached are given', async () => {
    const guard = new AddressGuard(parseAllowList(''), async () => [
      { address: '10.0.0.1', family: 4 },
      { address: '1.1.1.1', family: 4 },
      { address: '::1', family: 6 },
    ])
    const found = (options: object) =>
      new Promise((resolve) =>
        guard.lookup(443)('x.example', options, (error, address, family) =>
          resolve(error ? (error as { code?: string }).code : [address, family]),
        ),
      )
    expect(await found({ all: true })).to.deep.equal([
      [{ address: '1.1.1.1', family: 4 }],
      undefined,
    ])
    expect(await found({})).to.deep.equal(['1.1.1.1', 4])
    expect(await found({ family: 6 })).to.equal('ADDRESS_REFUSED')
  })
})
