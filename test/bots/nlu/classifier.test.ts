import { expect } from 'chai'
import { createClassifier } from '../../../bots/nlu/classifier.ts'

const EXAMPLES = [
  ['complaint', 'zh-CN', '我要投诉导游'],
  ['complaint', 'zh-CN', '导游强迫我们买东西'],
  ['complaint', 'zh-CN', '旅行社骗人不退钱'],
  ['weather', 'zh-CN', '明天会下雨吗'],
  ['weather', 'zh-CN', '今天气温多少度'],
  ['weather', 'zh-CN', '要带伞吗'],
  ['complaint', 'en', 'I want to complain about my guide'],
  ['complaint', 'en', 'the agency cheated us'],
  ['weather', 'en', 'will it rain tomorrow'],
  ['weather', 'en', 'how hot is it today'],
].map(([intent, lang, text]) => ({ intent: intent!, lang: lang!, text: text! }))

describe('intent classifier', () => {
  const plain = createClassifier(EXAMPLES)

  it('is sure of an example it was given', () => {
    expect(plain.classify('明天会下雨吗?', 'zh-CN')[0]).to.deep.equal({
      intent: 'weather',
      score: 1,
    })
  })

  it('ranks wording it has not seen by what it resembles', () => {
    expect(plain.classify('后天下雨不', 'zh-CN')[0]!.intent).to.equal('weather')
    expect(plain.classify('这个导游太骗人了', 'zh-CN')[0]!.intent).to.equal('complaint')
    expect(plain.classify('is it raining', 'en')[0]!.intent).to.equal('weather')
  })

  it('never claims more for a guess than for a keyword', () => {
    const guess = plain.classify('明天会下雨吗请问一下谢谢', 'zh-CN')[0]!
    expect(guess.score).to.be.below(0.9)
  })

  it('lets a keyword decide against the model', () => {
    const keyed = createClassifier(EXAMPLES, {
      keywords: { complaint: { 'zh-CN': ['退钱'], en: ['refund'] } },
    })
    expect(keyed.classify('下雨了给退钱吗', 'zh-CN')[0]).to.deep.equal({
      intent: 'complaint',
      score: 0.9,
    })
    expect(keyed.classify('will it rain and do I get a refund', 'en')[0]!.intent).to.equal(
      'complaint',
    )
    expect(keyed.classify('is the refunding weather', 'en')[0]!.score).to.be.below(0.9)
  })

  it('keeps languages apart and takes a region for its language', () => {
    expect(plain.classify('rain', 'en-US')[0]!.intent).to.equal('weather')
    expect(plain.classify('rain', 'fr')).to.deep.equal([])
  })

  it('commits itself to nothing when it knows no word of the text', () => {
    const scores = plain.classify('qqqq', 'en')
    expect(scores.map((s) => s.score)).to.deep.equal([scores[0]!.score, scores[0]!.score])
  })

  it('learns the same model from the same examples', () => {
    expect(createClassifier(EXAMPLES).classify('下雨带伞', 'zh-CN')).to.deep.equal(
      plain.classify('下雨带伞', 'zh-CN'),
    )
  })
})
