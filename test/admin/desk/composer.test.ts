import { expect } from 'chai'
import { cannedQuery, cannedText, findCanned } from '../../../admin/src/desk/composer/canned.ts'
import { load, save } from '../../../admin/src/desk/composer/keep.ts'
import type { CannedReplyView } from '../../../gateway/desk/schema.ts'

const reply = (shortcut: string, title: string, text: Record<string, string>): CannedReplyView => ({
  id: shortcut,
  shortcut,
  title,
  text,
})
const replies = [
  reply('hello', 'Greeting', { 'zh-CN': '您好', en: 'Hello' }),
  reply('help', 'Emergency numbers', { 'zh-CN': '110' }),
  reply('退票', '退票规则 help page', { 'zh-CN': '可退', en: 'Refundable' }),
]

describe('admin desk: canned replies', () => {
  it('a slash at the very beginning asks, anywhere else it is a slash', () => {
    expect(cannedQuery('/')).to.equal('')
    expect(cannedQuery('/退')).to.equal('退')
    expect(cannedQuery('24/7')).to.equal(undefined)
    expect(cannedQuery('/hello there')).to.equal(undefined)
  })

  it('shortcuts come before titles', () => {
    expect(findCanned(replies, 'HEL').map(({ id }) => id)).to.deep.equal(['hello', 'help', '退票'])
    expect(findCanned(replies, '').length).to.equal(3)
    expect(findCanned(replies, 'zzz')).to.deep.equal([])
  })

  it('the reply speaks the language of the visitor, else what there is', () => {
    expect(cannedText(replies[0]!, 'en')).to.equal('Hello')
    expect(cannedText(replies[0]!, 'zh-CN')).to.equal('您好')
    expect(cannedText(replies[0]!, 'en-US')).to.equal('Hello')
    expect(cannedText(replies[0]!, 'ja')).to.equal('Hello')
    expect(cannedText(replies[1]!, 'en')).to.equal('110')
  })
})

describe('admin desk: what is kept on this computer', () => {
  it('each member of staff has a shelf of their own', () => {
    const kept = new Map<string, string>()
    const shelf = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    save(shelf, 'a1', {
      compose: { c1: { draft: 'x', note: false, pending: [] } },
      read: { c1: 4 },
    })
    expect(load(shelf, 'a1').compose['c1']?.draft).to.equal('x')
    expect(load(shelf, 'a1').read).to.deep.equal({ c1: 4 })
    expect(load(shelf, 'a2')).to.deep.equal({ compose: {}, read: {} })
  })

  it('a broken value or a full disk does not keep the desk from opening', () => {
    const shelf = {
      getItem: () => '{half',
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(load(shelf, 'a1')).to.deep.equal({ compose: {}, read: {} })
    expect(() => save(shelf, 'a1', { compose: {}, read: {} })).to.not.throw()
  })
})
