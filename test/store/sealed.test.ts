import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { digestSecret, phonePassword } from '../../gateway/telephony/digest.ts'
import { seal, unseal } from '../../gateway/store/sealed.ts'

describe('secrets of telephony', () => {
  it('a sealed password opens for its owner with the same secret, and looks different each time', () => {
    const sealed = seal('secret', 'provider', '密码 pass')
    expect(unseal('secret', 'provider', sealed)).to.equal('密码 pass')
    expect(sealed).to.not.equal(seal('secret', 'provider', '密码 pass'))
    expect(unseal('secret', 'provider', seal('secret', 'provider', ''))).to.equal('')
  })

  it('it opens for nobody else, with no other secret, and not when a bit was changed', () => {
    const sealed = seal('secret', 'provider', 'pass')
    expect(unseal('secret', 'other', sealed)).to.equal(undefined)
    expect(unseal('Secret', 'provider', sealed)).to.equal(undefined)
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at]! ^= 1
      expect(unseal('secret', 'provider', `v1.${altered.toString('base64url')}`)).to.equal(
        undefined,
      )
    }
    for (const junk of ['', 'v1.', 'v1.AAAA', 'pass', sealed.slice(3)])
      expect(unseal('secret', 'provider', junk), junk).to.equal(undefined)
  })

  it('the hashes of a phone are those of RFC 7616: H(user:realm:password)', () => {
    const { md5, sha256 } = digestSecret('801', 'zanzibar')
    expect(md5).to.equal(createHash('md5').update('801:yilu:zanzibar').digest('hex'))
    expect(sha256).to.have.length(64)
  })

  it('a phone password can be read out', () => {
    expect(phonePassword()).to.match(/^[a-hj-km-np-z2-9]{20}$/)
    expect(phonePassword()).to.not.equal(phonePassword())
  })
})
