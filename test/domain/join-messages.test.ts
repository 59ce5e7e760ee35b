import { expect } from 'chai'
import { joinParts } from '../../gateway/domain/join-messages.ts'
import type { Part } from '../../gateway/domain/message.ts'

const text = (words: string): Part => ({ type: 'text', text: words })
const choices: Part = { type: 'quickReplies', replies: [{ id: 'a', label: 'A' }] }
const picture: Part = {
  ...{ type: 'media', kind: 'image', blobId: 'b', name: 'p.jpg', mime: 'image/jpeg', bytes: 1 },
}

describe('two messages sent as one', () => {
  it('lines become one text, and the choices of the last stay at its end', () => {
    expect(joinParts([text('您好')], [text('请选择'), choices], 100)).to.deep.equal([
      text('您好\n请选择'),
      choices,
    ])
  })
  it('what comes after choices would be read before them: they are not joined', () => {
    expect(joinParts([text('请选择'), choices], [text('还有')], 100)).to.equal(undefined)
  })
  it('a picture is never joined', () => {
    expect(joinParts([text('看')], [picture], 100)).to.equal(undefined)
    expect(joinParts([picture], [text('看')], 100)).to.equal(undefined)
    expect(joinParts([text('看')], [text('图'), picture], 100)).to.equal(undefined)
  })
  it('not beyond what the channel takes as one text', () => {
    expect(joinParts([text('12345')], [text('6789')], 10)).to.deep.equal([text('12345\n6789')])
    expect(joinParts([text('12345')], [text('67890')], 10)).to.equal(undefined)
  })
})
