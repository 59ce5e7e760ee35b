import { expect } from 'chai'
import {
  formatNameAddr,
  formatUri,
  nameAddr,
  parseNameAddr,
  parseNameAddrs,
  parseUri,
  sameUri,
  sipUri,
  uriHeaders,
  userOf,
} from '../../../../channels/sip/message/message.ts'

describe('SIP and tel URIs', () => {
  for (const text of [
    'sip:12301@192.0.2.1',
    'sip:alice:secret@example.com:5080;transport=tcp;lr?Subject=hi&Priority=urgent',
    'sips:[2001:db8::9]:5061',
    'sip:example.com',
    'sip:*21%23@pbx_1.example.com',
    'sip:*21#@pbx.example.com',
    'sip:+86-10-12301;phone-context=+86@example.com;user=phone',
    'tel:+86-10-12301',
    'tel:12301;phone-context=+86',
    'tel:*21#;phone-context=example.com',
    'urn:service:sos',
    'mailto:help@example.com',
  ])
    it(`${text} is read and written as it was`, () => {
      const uri = parseUri(text)
      expect(uri, 'parsed').not.to.equal(undefined)
      expect(formatUri(uri!)).to.equal(text)
    })

  for (const text of [
    '',
    'sip:',
    'sip:@example.com',
    'sip:a@',
    'sip:a b@example.com',
    'sip:a@b@c',
    'sip:a@example.com:',
    'sip:a@example.com:99999',
    'sip:a@[::1',
    'sip:a@[::1]x',
    'sip:a@[fe80::1%eth0]',
    'sip:a@exa mple.com',
    'sip:a%4@example.com',
    'sip:a@example.com;;lr',
    'sip:<a>@example.com',
    'tel:',
    'tel:+',
    'tel:12x01',
    'no scheme',
    ':x',
    'sip',
  ])
    it(`${JSON.stringify(text)} is none`, () => {
      expect(parseUri(text)).to.equal(undefined)
    })

  it('says who is meant, however it is written', () => {
    expect(userOf(parseUri('tel:+86-139.0000(0000)')!)).to.equal('+8613900000000')
    expect(userOf(parseUri('sip:%2B86139@example.com')!)).to.equal('+86139')
    expect(userOf(parseUri('sip:example.com')!)).to.equal('')
    expect(userOf(parseUri('sip:%ff%E5%BC%A0@example.com')!)).to.equal('\ufffd张')
  })

  it('escapes whatever a user part is made of', () => {
    for (const user of ['+8613900000000', '张三', 'a@b:c;d?e', '*21#', '50%', 'a b', '\ud800x']) {
      const text = formatUri(sipUri({ user, host: '::1', port: 5060 }))
      const uri = parseUri(text)
      expect(uri, text).to.include({ host: '::1', port: 5060 })
      expect(userOf(uri!)).to.equal(user.replace('\ud800', '\ufffd'))
    }
    expect(formatUri(sipUri({ user: '+8613900000000', host: 'h' }))).to.equal(
      'sip:+8613900000000@h',
    )
  })

  it('finds the Replaces of an attended transfer', () => {
    const address = parseNameAddr(
      '<sip:b@192.0.2.3?Replaces=12345%40192.0.2.3%3Bto-tag%3D1%3Bfrom-tag%3D2&Require=replaces>',
    )
    const headers = uriHeaders(address!.uri)
    expect(headers.get('replaces')).to.equal('12345@192.0.2.3;to-tag=1;from-tag=2')
    expect(headers.get('require')).to.equal('replaces')
  })

  // the pairs are those of RFC 3261 §19.1.4
  for (const [a, b] of [
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    [
      'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
      'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
    ],
    ['tel:+86-10-12301', 'tel:+8610(12301)'],
  ])
    it(`${a} and ${b} are the same`, () => {
      expect(sameUri(parseUri(a!)!, parseUri(b!)!)).to.equal(true)
    })

  for (const [a, b] of [
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:carol@chicago.com;newparam=5', 'sip:carol@chicago.com;newparam=6'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:carol@chicago.com', 'sips:carol@chicago.com'],
    ['sip:12301@chicago.com', 'tel:12301'],
  ])
    it(`${a} and ${b} differ`, () => {
      expect(sameUri(parseUri(a!)!, parseUri(b!)!)).to.equal(false)
    })
})

describe('addresses', () => {
  it('with commas and escapes in a quoted name', () => {
    const list = parseNameAddrs('"a, \\"b\\" <c>" <sip:x@y>;q=0.5, sip:z@y;expires=5, tel:+1')
    expect(list?.map((one) => [one.name, formatUri(one.uri)])).to.deep.equal([
      ['a, "b" <c>', 'sip:x@y'],
      [undefined, 'sip:z@y'],
      [undefined, 'tel:+1'],
    ])
    expect(list?.[1]?.params.get('expires')).to.equal('5')
  })

  it('a name from outside cannot end its quotes or its line', () => {
    const text = formatNameAddr(nameAddr(sipUri({ host: 'h' }), { name: 'x"\r\nVia: evil\\' }))
    expect(text).not.to.match(/[\r\n]/)
    expect(parseNameAddr(text)?.name).to.equal('x" Via: evil\\')
  })

  for (const text of [
    '"open <sip:a@b>',
    '<sip:a@b',
    '"x" sip:a@b',
    '<sip:a@b> x',
    '<sip:a@b>;',
    '<sip:a@b>;=1',
    'sip:a@b, ',
  ])
    it(`${text} is refused`, () => {
      expect(parseNameAddr(text)).to.equal(undefined)
      expect(parseNameAddrs(text)).to.equal(undefined)
    })
})
