import { expect } from 'chai'
import { paramsIn, piecesOf } from '../../../admin/src/records/templateText.ts'

describe('admin: approved texts', () => {
  const text = '您预约的{{place}}已成功，{{ time }}见。{{place}}'

  it('name each parameter once, in the order of the text', () => {
    expect(paramsIn(text)).to.deep.equal(['place', 'time'])
    expect(paramsIn('nothing {here}, {{}} or {{a b}}')).to.deep.equal([])
  })

  it('are shown with what was filled in so far', () => {
    expect(piecesOf(text, { place: ' 城墙 ' })).to.deep.equal([
      { text: '您预约的' },
      { key: 'place', value: '城墙' },
      { text: '已成功，' },
      { key: 'time', value: '' },
      { text: '见。' },
      { key: 'place', value: '城墙' },
    ])
    expect(piecesOf('', {})).to.deep.equal([])
  })
})
