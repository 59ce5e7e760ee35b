import { expect } from 'chai'
import { spokenPhrases } from '../../../media/asr/phrases.ts'
import { grammar } from '../../../media/asr/vosk/grammar.ts'

describe('phrases of a menu', () => {
  it('are spoken in lower case, without punctuation, digits as words', () => {
    expect(spokenPhrases(['Yes!', 'Room 12', "don't"], 'en-GB')).to.deep.equal([
      'yes',
      'room one two',
      "don't",
    ])
    expect(spokenPhrases(['投诉', '3号', ' '], 'zh-CN')).to.deep.equal(['投诉', '三 号'])
  })

  it('one is 一 or 幺 in Chinese', () => {
    expect(spokenPhrases(['12'], 'zh')).to.deep.equal(['一 二', '幺 二'])
  })

  it('digits of other languages are left to the model', () => {
    expect(spokenPhrases(['ツアー 3'], 'ja')).to.deep.equal(['ツアー 3'])
  })
})

describe('grammar for a model', () => {
  const known = new Set(['故宫', '门票', '普通话', '普通', '话', 'hotel', '[unk]'])
  const knows = (word: string) => known.has(word)

  it('Chinese is cut into the longest words the model knows', () => {
    expect(grammar(['故宫门票', '普通话'], knows)).to.deep.equal(['故宫 门票', '普通话', '[unk]'])
  })

  it('a phrase with a word it does not know is left out whole', () => {
    expect(grammar(['故宫缆车', 'hotel bar', 'hotel'], knows)).to.deep.equal(['hotel', '[unk]'])
  })

  it('where no phrase is left, anything may be said', () => {
    expect(grammar(['缆车'], knows)).to.equal(undefined)
    expect(grammar([], knows)).to.equal(undefined)
    expect(grammar(undefined, knows)).to.equal(undefined)
  })

  it('a model without a word for the unknown gets none', () => {
    expect(grammar(['hotel'], (word) => word === 'hotel')).to.deep.equal(['hotel'])
  })
})
