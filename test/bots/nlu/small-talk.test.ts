import { expect } from 'chai'
import { createIndex } from '../../../bots/nlu/faq.ts'
import { isSmallTalk } from '../../../bots/nlu/small-talk.ts'
import { sampleKnowledge } from '../../../bots/samples/hotline/index.ts'

describe('words that ask nothing', () => {
  for (const text of ['是', '确认', '好的!', '谢谢', 'Yes.', 'thank you', '你好'])
    it(`${text} gets no answer out of the knowledge`, () => {
      expect(isSmallTalk(text)).to.equal(true)
      expect(createIndex(sampleKnowledge).search(text, 'zh-CN')).to.deep.equal([])
    })

  for (const text of ['城墙', '机场大巴', 'metro', '是不是要预约', 'hi, how do I get to the wall'])
    it(`${text} is a question all the same`, () => expect(isSmallTalk(text)).to.equal(false))
})
