import { expect } from 'chai'
import { joinSegments, readAnswer } from '../../../media/asr/answer.ts'

const read = (answer: object) => readAnswer(JSON.stringify(answer))

describe('what a vosk-server answers', () => {
  it('words so far: Chinese without spaces, English with them', () => {
    expect(read({ partial: '我 要 投诉' })).to.deep.equal({ partial: '我要投诉' })
    expect(read({ partial: 'talk to an  agent' })).to.deep.equal({ partial: 'talk to an agent' })
    expect(read({ partial: '我 要 wifi 密码' })).to.deep.equal({ partial: '我要 wifi 密码' })
    expect(read({ partial: '' })).to.deep.equal({ partial: '' })
  })

  it('a result: as sure as its words are on average', () => {
    const result = [
      { word: '投诉', conf: 0.9, start: 0, end: 1 },
      { word: '酒店', conf: 0.5, start: 1, end: 2 },
    ]
    expect(read({ text: '投诉 酒店', result })).to.deep.equal({
      nbest: [{ text: '投诉酒店', confidence: 0.7 }],
    })
  })

  it('nothing understood: no result at all', () => {
    expect(read({ text: '' })).to.deep.equal({ nbest: [] })
    expect(read({ text: '[unk]', result: [{ word: '[unk]', conf: 1 }] })).to.deep.equal({
      nbest: [],
    })
    expect(read({ alternatives: [{ text: '', confidence: 3 }] })).to.deep.equal({ nbest: [] })
  })

  it('alternatives: likelihoods become shares, the most likely first', () => {
    const alternatives = [
      { text: '四', confidence: 10 },
      { text: '十', confidence: 10 + Math.log(3) },
    ]
    const { nbest } = read({ alternatives }) as { nbest: { text: string; confidence: number }[] }
    expect(nbest.map(({ text }) => text)).to.deep.equal(['十', '四'])
    expect(nbest[0]!.confidence).to.be.closeTo(0.75, 1e-9)
  })

  it('a word beside something that was not understood is less sure', () => {
    const { nbest } = read({ alternatives: [{ text: '[unk] 五', confidence: 1 }] }) as {
      nbest: { text: string; confidence: number }[]
    }
    expect(nbest[0]).to.include({ text: '五' })
    expect(nbest[0]!.confidence).to.be.within(0.5, 0.8)
  })

  for (const bad of ['', 'null', '[]', '{"partial":{}}', '{"text":5}', '{"alternatives":[{}]}']) {
    it(`${bad || 'an empty frame'} is none`, () => {
      expect(() => readAnswer(bad)).to.throw()
    })
  }

  it('segments of one utterance become one, with the others of each as alternatives', () => {
    const joined = joinSegments([
      [
        { text: '二三', confidence: 0.9 },
        { text: '二山', confidence: 0.1 },
      ],
      [],
      [{ text: '零', confidence: 0.8 }],
    ])
    expect(joined).to.deep.equal([
      { text: '二三零', confidence: 0.8 },
      { text: '二山零', confidence: 0.1 },
    ])
    expect(joinSegments([])).to.deep.equal([])
  })
})
