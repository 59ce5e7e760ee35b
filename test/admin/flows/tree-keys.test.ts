import { expect } from 'chai'
import { openLines, pressed, toggled } from '../../../admin/src/flows/tree-keys.ts'

const lines = [
  { key: 'a', level: 1 },
  { key: 'a1', level: 2 },
  { key: 'a1x', level: 3 },
  { key: 'a2', level: 2 },
  { key: 'b', level: 1 },
]
const at = (focus: string, ...closed: string[]) => ({ focus, closed: new Set(closed) })
const seen = (...closed: string[]) => openLines(lines, new Set(closed)).map(({ key }) => key)

describe('moving in the outline by keyboard', () => {
  it('steps over what is closed', () => {
    expect(seen('a1')).to.deep.equal(['a', 'a1', 'a2', 'b'])
    expect(seen('a')).to.deep.equal(['a', 'b'])
    expect(pressed(lines, at('a', 'a'), 'ArrowDown').focus).to.equal('b')
  })
  it('opens and enters with the right arrow, closes and leaves with the left one', () => {
    const opened = pressed(lines, at('a', 'a'), 'ArrowRight')
    expect([opened.focus, opened.closed.size]).to.deep.equal(['a', 0])
    expect(pressed(lines, opened, 'ArrowRight').focus).to.equal('a1')
    expect([...pressed(lines, at('a1'), 'ArrowLeft').closed]).to.deep.equal(['a1'])
    expect(pressed(lines, at('a1', 'a1'), 'ArrowLeft').focus).to.equal('a')
    expect(pressed(lines, at('a1x'), 'ArrowLeft').focus).to.equal('a1')
  })
  it('goes to both ends and no further', () => {
    expect(pressed(lines, at('a2'), 'End').focus).to.equal('b')
    expect(pressed(lines, at('b'), 'ArrowDown')).to.deep.equal(at('b'))
    expect(pressed(lines, at('a1x'), 'Home').focus).to.equal('a')
  })
  it('opens again what was closed', () => {
    expect(toggled(toggled(at('a'), 'a'), 'a')).to.deep.equal(at('a'))
  })
})
