import { expect } from 'chai'
import {
  asLang,
  dictionaries,
  spokenLang,
  translator,
} from '../../../../channels/webchat/widget/i18n.ts'
import type { Key } from '../../../../channels/webchat/widget/i18n.ts'
import { dayName } from '../../../../channels/webchat/widget/view/day-name.ts'
import { waitingWords } from '../../../../channels/webchat/widget/waiting-words.ts'

const zh = translator('zh-CN')
const en = translator('en')
const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe('web chat widget: words', () => {
  it('both languages say everything, with the same blanks to fill', () => {
    const { 'zh-CN': chinese, en: english } = dictionaries
    expect(Object.keys(english).sort()).to.deep.equal(Object.keys(chinese).sort())
    for (const key of Object.keys(chinese) as Key[]) {
      expect(chinese[key].trim(), key).not.to.equal('')
      expect(english[key].trim(), key).not.to.equal('')
      expect(holes(english[key]), key).to.deep.equal(holes(chinese[key]))
    }
  })

  it('fills blanks with what is given and leaves no value out', () => {
    expect(en('waitingAhead', { count: 2 })).to.equal('2 ahead of you')
    expect(zh('agentHere', { name: '$& {name}' })).to.equal('$& {name} 正在为您服务')
  })

  it('speaks the first language of the browser it knows, and asks when there is none', () => {
    expect(spokenLang(['fr-FR', 'zh-TW', 'en'])).to.equal('zh-CN')
    expect(spokenLang(['en-GB', 'zh'])).to.equal('en')
    expect(spokenLang(['yue-Hant-HK'])).to.equal('zh-CN')
    expect(spokenLang(['ja-JP', 'ko'])).to.equal(undefined)
    expect(asLang('')).to.equal(undefined)
    expect(asLang('enm')).to.equal(undefined)
  })

  it('tells the place in the queue as people ahead, and the wait in whole minutes', () => {
    const waiting = { state: 'waiting' } as const
    const wait = { position: 3, estimatedWaitMs: 170_000 }
    expect(waitingWords({ ...waiting, ...wait }, zh)).to.equal('您前面还有 2 位 · 预计 3 分钟')
    expect(waitingWords({ ...waiting, position: 1, estimatedWaitMs: 10_000 }, en)).to.equal(
      'You are next · less than a minute',
    )
    expect(waitingWords(waiting, en)).to.equal('Connecting you to a person')
  })

  it('names days as people do', () => {
    const now = new Date(2026, 0, 1, 9).getTime()
    expect(dayName(new Date(2026, 0, 1, 1).getTime(), now, 'en', en)).to.equal('Today')
    expect(dayName(new Date(2025, 11, 31, 23).getTime(), now, 'zh-CN', zh)).to.equal('昨天')
    expect(dayName(new Date(2025, 10, 3).getTime(), now, 'zh-CN', zh)).to.equal('2025年11月3日')
    const march = new Date(2026, 2, 9).getTime()
    expect(dayName(new Date(2026, 2, 3).getTime(), march, 'en', en)).to.equal('March 3')
  })
})
