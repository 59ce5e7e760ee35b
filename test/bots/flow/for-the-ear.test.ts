import { expect } from 'chai'
import { forTheEar, spelledOut } from '../../../bots/flow/for-the-ear.ts'
import { spokenAnswer } from '../../../bots/flow/spoken-answer.ts'
import { namesKey, spokenChoices } from '../../../bots/flow/spoken-choices.ts'

describe('a text written for the eye, heard on the telephone', () => {
  const rows: [lang: string, written: string, heard: string][] = [
    ['zh-CN', '欢迎来西安😀!', '欢迎来西安!'],
    ['zh-CN', '祝您愉快👨‍👩‍👧❤️', '祝您愉快'],
    ['zh-CN', '请提前预约,详见:https://bmy.example.cn/ticket?a=1。', '请提前预约。'],
    ['zh-CN', '官网购票(https://a.example.cn)即可。', '官网购票即可。'],
    ['zh-CN', '见[购票指南](https://a.example.cn/x)。', '见购票指南。'],
    ['en', 'Book ahead: https://a.example.org/x.', 'Book ahead.'],
    ['en', 'Book ahead (see www.example.org). It fills up.', 'Book ahead. It fills up.'],
    ['zh-CN', '请选择:\n1 景点\n2 路线\n', '请选择:1 景点。2 路线'],
    ['en', 'Please choose:\n1 Sights\n2 Routes', 'Please choose: 1 Sights. 2 Routes'],
    ['zh-CN', '**请注意**:\n- 带身份证\n- 早到', '请注意:带身份证。早到'],
    ['zh-CN', '返回请按*,重听请按#。', '返回请按星号键,重听请按井号键。'],
    ['en', 'Press * to go back or # to repeat.', 'Press star to go back or hash to repeat.'],
    ['zh-CN', '流水号C20261005-0001。', '流水号C 2 0 2 6 1 0 0 5, 0 0 0 1。'],
    ['zh-CN', '流水号C 2 0 2 6 - 0 0 0 1。', '流水号C 2 0 2 6, 0 0 0 1。'],
    ['zh-CN', '门票120元,8:30开门,电话029-12301,2026年10月3日', '门票120元,8:30开门,电话029-12301,2026年10月3日'],
    ['zh-CN', '3️⃣ 号线', '3 号线'],
    // full-width punctuation, as people type it
    ['zh-CN', '官网购票\uFF08网址\uFF1Ahttps://a.example.cn\uFF09即可\uFF0C请早\uFF01', '官网购票即可\uFF0C请早\uFF01'],
    ['zh-CN', '返回按\uFF0A', '返回按星号键'],
    ['zh-CN', '🙏', ''],
    ['zh-CN', 'https://a.example.cn', ''],
  ] // prettier-ignore
  for (const [lang, written, heard] of rows)
    it(`${JSON.stringify(written)} → ${JSON.stringify(heard)}`, () =>
      expect(forTheEar(written, lang)).to.equal(heard))

  it('is the same when it is put for the ear twice', () => {
    for (const [lang, written] of rows) {
      const once = forTheEar(written, lang)
      expect(forTheEar(once, lang), written).to.equal(once)
    }
  })

  it('spells a serial number sign by sign', () => {
    expect(spelledOut('C20261005-0001')).to.equal('C 2 0 2 6 1 0 0 5, 0 0 0 1')
  })
})

describe('a long answer read out', () => {
  it('is its first passage, sentence by sentence', () => {
    const answer =
      '兵马俑全年开放,旺季八点半到下午五点。门票一百二十元,要提前实名预约!学生半价。\n\n交通:地铁九号线。'
    expect(spokenAnswer(answer, 'zh-CN')).to.deep.equal([
      '兵马俑全年开放,旺季八点半到下午五点。',
      '门票一百二十元,要提前实名预约!',
      '学生半价。',
    ])
  })

  it('breathes after full-width marks as well', () => {
    const answer =
      '旺季八点半到下午五点开放\uFF1B淡季提前半小时关门。要不要预约\uFF1F要提前三天实名预约才行\uFF01'
    expect(spokenAnswer(answer, 'zh-CN').map((breath) => breath.length)).to.deep.equal([23, 18])
  })

  it('takes the next passage too where the first is only a heading', () => {
    expect(spokenAnswer('购票方式\n\n请提前在官方平台实名预约。', 'zh-CN').join('')).to.equal(
      '购票方式。请提前在官方平台实名预约。',
    )
  })

  it('stops after about half a minute, at the end of a sentence', () => {
    const sentence = '这是一个二十个字左右的很长很长的句子。'
    const told = spokenAnswer(sentence.repeat(20), 'zh-CN').join('')
    expect(told.length).to.be.within(60, 130)
    expect(told).to.match(/句子。$/)
    const words = 'This sentence has exactly seven words here. '
    expect(spokenAnswer(words.repeat(30), 'en').join(' ').length).to.be.within(200, 460)
  })

  it('is never cut within a number or an abbreviation it can know', () => {
    expect(spokenAnswer('It costs 3.5 yuan per km. Ask e.g. the driver.', 'en')).to.deep.equal([
      'It costs 3.5 yuan per km. Ask e.g. the driver.',
    ])
  })
})

describe('choices offered by telephone', () => {
  const choices = [
    { id: 'a', key: '1', label: '咨询' },
    { id: 'b', key: '2', label: '投诉' },
    { id: 'c', key: '*', label: '返回' },
  ]
  it('come with their keys, as hotlines of each language say it', () => {
    expect(spokenChoices(choices, 'zh-CN')).to.equal('咨询请按1,投诉请按2,返回请按星号键。')
    const english = [
      { id: 'a', key: '1', label: 'information' },
      { id: 'b', key: '12', label: 'complaints' },
    ]
    expect(spokenChoices(english, 'en-GB')).to.equal(
      'For information, press 1. For complaints, press 1 2.',
    )
    expect(spokenChoices(choices.slice(0, 2), 'ja')).to.include('押してください')
    expect(spokenChoices(choices.slice(0, 2), 'ko')).to.include('눌러 주세요')
  })

  it('are counted where none has a key, and unsaid where only this one has none', () => {
    const bare = choices.map(({ id, label }) => ({ id, label }))
    expect(spokenChoices(bare.slice(0, 2), 'zh-CN')).to.equal('咨询请按1,投诉请按2。')
    expect(spokenChoices([choices[0]!, bare[1]!], 'zh-CN')).to.equal('咨询请按1。')
  })

  it('a key counts as named only where it is one', () => {
    expect(namesKey('咨询请按1', '1')).to.equal(true)
    expect(namesKey('咨询请按一', '1')).to.equal(true)
    expect(namesKey('Press one for help', '1')).to.equal(true)
    expect(namesKey('1 咨询', '1')).to.equal(true)
    expect(namesKey('门票100元,8:10开门,3.1公里', '1')).to.equal(false)
    expect(namesKey('返回按星号', '*')).to.equal(true)
    expect(namesKey('请选择', '*')).to.equal(false)
    expect(namesKey('按12', '12')).to.equal(true)
  })
})
