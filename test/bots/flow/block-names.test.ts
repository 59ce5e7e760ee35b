import { expect } from 'chai'
import { blockName, blockNames } from '../../../bots/flow/block-names.ts'

describe('what people call the blocks of a flow', () => {
  const blocks = {
    say: { type: 'say' },
    hello: { type: 'say', label: '问候' },
    say_9: { type: 'say' },
    blank: { type: 'menu', label: '  ' },
    odd: 'no block',
  }

  it('is their label, else their kind, numbered where several have no label', () => {
    expect([...blockNames(blocks, 'zh').values()]).to.deep.equal(['播报', '问候', '播报 2', '菜单', 'odd']) // prettier-ignore
    expect(blockName(blocks, 'say_9', 'en')).to.equal('Say 2')
  })
  it('is the id of a block that is not there, whatever the document holds', () => {
    expect(blockName(blocks, 'gone', 'zh')).to.equal('gone')
    expect(blockNames(null, 'zh').size).to.equal(0)
    expect(blockNames('x', 'en').size).to.equal(0)
  })
})
