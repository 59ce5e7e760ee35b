import { expect } from 'chai'
import { choicesBelow, keyOf, numberedChoices } from '../../channels/numbered-choices.ts'

const replies = [
  { id: 'tickets', label: '门票', key: '1' },
  { id: 'complaint', label: '投诉' },
  { id: 'agent', label: '人工', key: '0' },
]

describe('choices for those without buttons', () => {
  it('are numbered by their keys, or by their place', () => {
    expect(replies.map(keyOf)).to.deep.equal(['1', '2', '0'])
    expect(numberedChoices(replies)).to.deep.equal(['1. 门票', '2. 投诉', '0. 人工'])
  })

  it('are not said again below words that begin their lines with the keys', () => {
    expect(choicesBelow(replies, '请选择:\n1 门票\n 2. 投诉\n0:人工')).to.deep.equal([])
    expect(choicesBelow(replies, '2026 年起,1 元门票')).to.deep.equal(numberedChoices(replies))
    expect(choicesBelow([], '请选择')).to.deep.equal([])
  })
})
