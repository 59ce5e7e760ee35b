import { expect } from 'chai'
import { dispositionName } from '../../channels/disposition-name.ts'

const asLatin1 = (text: string) => Buffer.from(text).toString('latin1')

describe('the name of a file in Content-Disposition', () => {
  it('is read with and without quotes', () => {
    expect(dispositionName('attachment; filename="a b.pdf"')).to.equal('a b.pdf')
    expect(dispositionName('attachment; filename=a.pdf; size=3')).to.equal('a.pdf')
  })

  it('is the encoded one where both stand there, unless that cannot be read', () => {
    const both = (encoded: string) => `attachment; filename="x.png"; filename*=UTF-8''${encoded}`
    expect(dispositionName(both('%E5%9F%8E%E5%A2%99.png'))).to.equal('城墙.png')
    expect(dispositionName(both('%E5%9.png'))).to.equal('x.png')
  })

  it('is UTF-8 where its bytes are, and Latin-1 otherwise', () => {
    expect(dispositionName(asLatin1('attachment; filename="城墙.png"'))).to.equal('城墙.png')
    expect(dispositionName('attachment; filename="caf\u00e9.png"')).to.equal('café.png')
  })

  it('is missing where there is none', () => {
    expect(dispositionName('')).to.equal(undefined)
    expect(dispositionName('inline')).to.equal(undefined)
  })
})
