import { expect } from 'chai'
import { linkify, safeUrl } from '../../../../channels/webchat/widget/linkify.ts'

const links = (text: string) => linkify(text).flatMap(({ href }) => (href ? [href] : []))

describe('web chat widget: links in words', () => {
  it('ends an address where the sentence goes on, in both punctuations', () => {
    expect(links('见https://a.cn/票。谢谢')).to.deep.equal([new URL('https://a.cn/票').href])
    expect(links('(see http://a.cn/x?y=1&z=2).')).to.deep.equal(['http://a.cn/x?y=1&z=2'])
    expect(links('https://a.cn/b,https://a.cn/c!')).to.have.length(1)
    expect(links('https://en.wikipedia.org/wiki/Bell_(Xi)')).to.deep.equal([
      'https://en.wikipedia.org/wiki/Bell_(Xi)',
    ])
  })

  it('keeps every character of the text', () => {
    for (const text of [
      '',
      'none',
      'https://a.cn',
      'x\nhttps://a.cn, y https://b.cn.',
      'http://',
    ]) {
      expect(
        linkify(text)
          .map((piece) => piece.text)
          .join(''),
      ).to.equal(text)
    }
  })

  it('markup in an address stays text', () => {
    const pieces = linkify('https://a.cn/"><img src=x onerror=alert(1)>')
    expect(pieces[0]!.href).to.equal('https://a.cn/')
    expect(pieces[1]!.href).to.equal(undefined)
  })

  it('follows no address that would run as script', () => {
    for (const address of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'x',
    ]) {
      expect(safeUrl(address), address).to.equal(undefined)
    }
    expect(safeUrl('tel:110')).to.equal('tel:110')
  })
})
