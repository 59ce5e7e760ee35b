import { expect } from 'chai'
import { embedCode, originOf } from '../../../admin/src/settings/embed.ts'
import { keyOf } from '../../../admin/src/settings/key.ts'

describe('allowed origins', () => {
  it('are cut out of whatever was pasted', () => {
    expect(originOf(' https://www.yunnan.travel/index.html?x=1 ')).to.equal(
      'https://www.yunnan.travel',
    )
    expect(originOf('www.yunnan.travel')).to.equal('https://www.yunnan.travel')
    expect(originOf('http://localhost:3000/')).to.equal('http://localhost:3000')
  })
  it('are none when it is no web address', () => {
    for (const typed of ['', 'ftp://a.cn', 'javascript:alert(1)', '::'])
      expect(originOf(typed), typed).to.equal(undefined)
  })
})

describe('keys and codes made for people', () => {
  it('takes a key from a name', () => {
    expect(keyOf("Night shift (Xi'an)")).to.equal('night-shift-xi-an')
    expect(keyOf('夜班')).to.equal('')
  })
  it('names the account in the embed code', () => {
    expect(embedCode('https://hotline.cn', 'web')).to.match(
      /^<script async src="https:\/\/hotline\.cn\/.*data-account="web".*<\/script>$/,
    )
  })
})
