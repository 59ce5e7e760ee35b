import { expect } from 'chai'
import { sampleFlows } from '../../bots/samples/hotline/index.ts'
import { passagesOf, secondsOf } from '../../gateway/prompts/passages.ts'
import { placeDocument } from '../../gateway/prompts/place-document.ts'
import { validate } from '../../bots/flow/validate.ts'

const text = (...paragraphs: string[]) => passagesOf({ kind: 'text', paragraphs })

describe('a document that is read out', () => {
  it('headings are said with what follows, paragraphs each for itself', () => {
    const first = '本公司提供全国各地的旅游咨询服务,欢迎来电咨询。'
    const second = '退票须在出发前二十四小时办理,手续费为票价的百分之五。'
    expect(text('一、简介', first, '二、退票', second)).to.deep.equal([
      `一、简介\n${first}`,
      `二、退票\n${second}`,
    ])
  })

  it('a long paragraph is cut at the ends of sentences, one long sentence at commas', () => {
    const sentence = '游客应当遵守景区的各项规定,爱护公共设施和环境。'
    const pieces = text(sentence.repeat(40))
    expect(pieces.length).to.be.greaterThan(3)
    for (const piece of pieces)
      expect(piece)
        .to.match(/。$/)
        .and.satisfy(({ length }: string) => length <= 240)
    expect(pieces.join('')).to.equal(sentence.repeat(40))
    const endless = text('甲乙丙,'.repeat(200))
    for (const piece of endless) expect(piece.length).to.be.at.most(240)
    const english = text('Tickets are sold at the gate. '.repeat(60))
    for (const piece of english) expect(piece).to.match(/\.$/)
    expect(text('好'.repeat(1000)).join('')).to.equal('好'.repeat(1000))
  })

  it('a table is read row by row, each cell after its heading', () => {
    const rows = [
      ['景点', '票价'],
      ['大雁塔', '50元'],
      ['兵马俑', ''],
    ]
    expect(passagesOf({ kind: 'table', rows })).to.deep.equal([
      '景点:大雁塔;票价:50元',
      '景点:兵马俑',
    ])
  })

  it('what looks like a variable is said as it is', () => {
    expect(text('请拨打 {{contact.phone}} 联系我们的客服人员,谢谢配合')[0]).not.to.include('{{')
  })

  it('a minute is about 240 characters', () => {
    expect(secondsOf('好'.repeat(240))).to.equal(60)
  })

  it('becomes a chain of blocks beside the others, in a frame; only its end is left to draw', () => {
    const doc = structuredClone(sampleFlows[0]!)
    const before = Object.keys(doc.blocks)
    const ids = placeDocument(doc, { name: '须知', lang: 'zh-CN', passages: ['一', '二', '三'] })
    placeDocument(doc, { name: '再来', lang: 'zh-CN', passages: ['四'] })
    expect(Object.keys(doc.blocks)).to.have.length(before.length + 4)
    expect(doc.blocks[ids[0]!]).to.deep.include({ type: 'say', out: { next: ids[1] } })
    expect(doc.ui?.groups?.map(({ title }) => title)).to.include('须知')
    const problems = validate(doc, {}).filter(({ block }) => block === ids[2])
    expect(problems.map(({ code }) => code)).to.include('PORT')
  })
})
