import { expect } from 'chai'
import { optWord, optWording } from '../../../channels/sms/opt-out.ts'

describe('words that end texts', () => {
  for (const word of [
    'STOP',
    'stop',
    ' Stop. ',
    'UNSUBSCRIBE',
    '退订',
    '"退订"',
    '“TD”',
    'td',
    'T',
    'T',
    '回T退订',
  ])
    it(`${word} is one`, () => expect(optWord(word, false)).to.equal('stop'))
  for (const words of ['stop here please', '我要退订酒店', 'TT', '转人工', '取消', '1', ''])
    it(`${words || '(nothing)'} is none`, () => expect(optWord(words, false)).to.equal(undefined))

  it('START means something only to who had stopped', () => {
    expect(optWord('Start', true)).to.equal('start')
    expect(optWord('恢复', true)).to.equal('start')
    expect(optWord('start', false)).to.equal(undefined)
  })

  it('is confirmed in the language of the word', () => {
    expect(optWording('stop', '退订', 'en')).to.match(/已退订/)
    expect(optWording('stop', 'STOP', 'zh-CN')).to.match(/unsubscribed/)
    expect(optWording('stop', 'T', 'zh-CN')).to.match(/已退订/)
    expect(optWording('stop', 'T', 'en')).to.match(/unsubscribed/)
  })
})
