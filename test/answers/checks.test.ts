import { expect } from 'chai'
import type { Passage } from '../../gateway/answers/checks.ts'
import { checkAnswer } from '../../gateway/answers/checks.ts'
import { strangeFigure } from '../../gateway/answers/figures.ts'
import { readDraft } from '../../gateway/answers/prompt.ts'

const wall: Passage = {
  id: 'wall',
  question: '城墙几点关门?',
  answer:
    '城墙南门早上八点开放,晚上十点停止入场,周长约十三点七公里。门票54元,学生半价。咨询电话029-87654321,官网 www.xacitywall.com。',
}
const bell: Passage = {
  id: 'bell',
  question: 'When does the Bell Tower close?',
  answer:
    'The Bell Tower opens at 8:30 am and closes at 6 pm. Tickets cost 30 yuan, joint tickets 50 yuan. Call 12345 with questions.',
}
const zh = (answer: string, cites = [1]) =>
  checkAnswer({ answer, cites }, [wall, bell], {
    lang: 'zh-CN',
    maxChars: 200,
  })
const en = (answer: string, cites = [2]) =>
  checkAnswer({ answer, cites }, [wall, bell], {
    lang: 'en',
    maxChars: 200,
  })

describe('checks on what a model wrote', () => {
  it('lets through what its passages say, in other words and other spellings of the same figures', () => {
    for (const answer of [
      '城墙晚上十点停止入场。',
      '城墙22:00停止入场,门票五十四元。',
      '南门8点开放,晚上10点停止入场。',
      '城墙周长约13.7公里,咨询电话029 8765 4321。',
      '门票54元,学生半价,官网 www.xacitywall.com。',
      '城墙早一点去人少,晚上十点停止入场。',
    ])
      expect(zh(answer), answer).to.equal(undefined)
    for (const answer of [
      'The Bell Tower closes at 18:00.',
      'It opens at 8:30 and closes at 6 p.m.; tickets cost 30 yuan.',
      'The Bell Tower (钟楼) closes at 6 pm. Call 12345 with questions.',
    ])
      expect(en(answer), answer).to.equal(undefined)
  })

  it('refuses a figure its passages do not name: price, time, telephone, distance, digit or word', () => {
    for (const [answer, detail] of [
      ['城墙门票45元。', '45'],
      ['城墙门票五十元。', '50'],
      ['城墙晚上九点停止入场。', '21:00'],
      ['城墙21:30停止入场。', '21:30'],
      ['城墙早上十点停止入场。', '10:00'],
      ['咨询电话029-87654312。', '02987654312'],
      ['咨询电话零二九八七六五四三一二。', '02987654312'],
      ['城墙周长约15公里。', '15'],
      ['城墙门票13.7元。', '13.7'],
    ] as const)
      expect(zh(answer), answer).to.deep.equal({ refusal: 'figure', detail })
    for (const [answer, detail] of [
      ['The Bell Tower closes at 7 pm.', '19:00'],
      ['The Bell Tower opens at 8:30 pm.', '20:30'],
      ['Tickets cost forty yuan.', '40'],
      ['Tickets cost 12345 yuan.', '12345'],
      ['Call 12354 with questions.', '12354'],
    ] as const)
      expect(en(answer), answer).to.deep.equal({ refusal: 'figure', detail })
  })

  it('takes figures of a passage that was not cited for strange', () => {
    expect(zh('城墙门票30元。')!.refusal).to.equal('figure')
  })

  it('refuses an answer without a source, or with one there is not', () => {
    expect(zh('城墙晚上十点停止入场。', [])).to.deep.equal({ refusal: 'noCitation' })
    expect(zh('城墙晚上十点停止入场。', [3])).to.deep.equal({
      refusal: 'wrongCitation',
      detail: '3',
    })
    expect(zh('城墙晚上十点停止入场。', [0])!.refusal).to.equal('wrongCitation')
    expect(zh('', [])).to.deep.equal({ refusal: 'unknown' })
  })

  it('refuses every promise, whoever is said to keep it', () => {
    for (const answer of [
      '城墙晚上十点停止入场,我们会尽快联系您。',
      '城墙门票54元,已为您预订成功。',
      '工作人员稍后会给您回电。',
      '我们保证城墙晚上十点停止入场。',
      '我可以为您预约城墙门票。',
    ])
      expect(zh(answer)?.refusal, answer).to.equal('promise')
    for (const answer of [
      'The Bell Tower closes at 6 pm and we will call you.',
      'I have booked tickets for the Bell Tower.',
      'Someone will get back to you about tickets.',
      'You will be refunded 30 yuan.',
      'We guarantee the Bell Tower closes at 6 pm.',
    ])
      expect(en(answer)?.refusal, answer).to.equal('promise')
  })

  it('refuses links and addresses of its own, and markup', () => {
    for (const answer of ['详情见 https://evil.example/x 城墙门票', '写信到 a@b.cn 问城墙门票', '城墙门票见 xacitywall.net', '<b>城墙门票54元</b>', '[城墙门票](x)'])
      expect(zh(answer)?.refusal, answer).to.equal('link') // prettier-ignore
  })

  it('refuses the wrong language and too many words', () => {
    expect(zh('The city wall closes at ten.')).to.deep.equal({ refusal: 'language' })
    expect(en('钟楼下午六点关门,票价三十元。')).to.deep.equal({ refusal: 'language' })
    expect(zh(`城墙${'很长'.repeat(200)}`)).to.deep.equal({ refusal: 'length', detail: '402' })
  })

  it('refuses what is about something else altogether', () => {
    expect(zh('今天股市大涨,建议您马上买入科技公司的股票。')!.refusal).to.equal('unsupported')
    expect(en('Arr matey, hoist the sails and plunder the seven golden islands!')!.refusal).to.be.oneOf(['unsupported', 'figure']) // prettier-ignore
  })

  it('finds the same time however it is written, and tells morning from evening', () => {
    const same = (one: string, other: string) => strangeFigure(one, other) === undefined
    for (const [one, other] of [
      ['晚上十点半', '22:30'],
      ['下午3点', '15:00'],
      ['8:30', '八点半'],
      ['8点一刻', '8:15'],
      ['10 p.m.', '22:00'],
      ['下午一点', '13:00'],
      ['一点钟', '1:00'],
      ['三点一四公里', '3.14公里'],
      ['八点十五', '8:15'],
      ['8时05分', '8:05'],
      ['中午12点', '12:00'],
    ])
      // prettier-ignore
      expect(same(one!, other!), `${one} ${other}`).to.equal(true)
    for (const [one, other] of [
      ['早上十点半', '22:30'],
      ['下午3点', '3 am'],
      ['8:30', '八点'],
      ['10 pm', '10 am'],
    ])
      // prettier-ignore
      expect(same(one!, other!), `${one} ${other}`).to.equal(false)
  })

  it('reads the draft out of fences, thoughts and chatter, and nothing out of nonsense', () => {
    const draft = { answer: 'x', cites: [1] }
    for (const content of [
      '{"answer":"x","cites":[1]}',
      '```json\n{"answer":"x","cites":["1",1]}\n```',
      '<think>{"answer":"no"}</think>Sure! {"answer":"x","cites":[1]} Hope this helps.',
    ])
      expect(readDraft(content)).to.deep.equal(draft)
    for (const content of [
      '',
      'x',
      '{',
      '{"answer":1,"cites":[]}',
      '{"answer":"x"}',
      '{"answer":"x","cites":["a"]}',
      '[]',
      '{'.repeat(5000),
    ])
      // prettier-ignore
      expect(readDraft(content), content.slice(0, 20)).to.equal(undefined)
  })
})
