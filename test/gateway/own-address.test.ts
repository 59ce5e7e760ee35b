import type { NetworkInterfaceInfo } from 'node:os'
import { expect } from 'chai'
import { ownAddress } from '../../gateway/own-address.ts'

const at = (address: string, internal = false) => ({ address, internal }) as NetworkInterfaceInfo

describe('the address telephones are told to send to', () => {
  it('is the one that is listened on', () => {
    expect(ownAddress('10.0.0.5')).to.equal(undefined)
  })
  it('where all are listened on, is one that others reach', () => {
    const interfaces = { lo: [at('127.0.0.1', true)], eth0: [at('fe80::1'), at('10.0.0.5')] }
    expect(ownAddress('0.0.0.0', interfaces)).to.equal('10.0.0.5')
  })
  it('is this machine alone where there is no network', () => {
    expect(ownAddress('0.0.0.0', { lo: [at('127.0.0.1', true)] })).to.equal('127.0.0.1')
  })
})
