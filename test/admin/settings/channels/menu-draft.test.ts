import { expect } from 'chai'
import * as edit from '../../../../admin/src/settings/channels/wechat/menuDraft.ts'
import { menu as menuSchema } from '../../../../channels/wechat/schema.ts'
import type { Menu } from '../../../../channels/wechat/schema.ts'

const menu: Menu = {
  buttons: [
    {
      name: '游玩',
      items: [
        { type: 'say', name: '景点', says: '景点' },
        { type: 'view', name: '预约', url: 'https://example.cn/book' },
      ],
    },
    { type: 'say', name: '人工', says: '转人工' },
    { type: 'location_select', name: '附近' },
  ],
}
const t = (key: string, options?: Record<string, unknown>) =>
  options?.['bytes'] === undefined ? key : `${key}(${String(options['bytes'])})`

describe('admin: the menu of an Official Account while it is edited', () => {
  it('comes out as it went in', () => {
    expect(edit.menuOf(edit.draftOf(menu))).to.deep.equal(menu)
    expect(menuSchema.safeParse(edit.menuOf(edit.draftOf(menu))).success).to.equal(true)
    expect(edit.draftOf(undefined)).to.deep.equal([])
  })

  it('a name of six Chinese characters is too long for a button and not for an entry', () => {
    const draft = edit.changed(edit.draftOf(menu), [1], { name: '转接人工坐席' })
    expect(edit.menuIssues(draft, t)).to.deep.equal([
      { place: [1], field: 'name', text: 'issue.bytesMax(18)' },
    ])
    const inside = edit.changed(edit.draftOf(menu), [0, 0], { name: '转接人工坐席' })
    expect(edit.menuIssues(inside, t)).to.deep.equal([])
  })

  it('a new entry lacks its name and its words, and is told so where it stands', () => {
    const draft = edit.withItem(edit.draftOf(menu), 1)
    expect(edit.menuIssues(draft, t)).to.deep.equal([
      { place: [1, 0], field: 'name', text: 'issue.required' },
      { place: [1, 0], field: 'says', text: 'issue.required' },
    ])
  })

  it('a button that lost its last entry does again what it did before', () => {
    const grown = edit.withItem(edit.draftOf(menu), 1)
    expect(edit.menuOf(grown).buttons[1]).to.have.property('items')
    expect(edit.menuOf(edit.removed(grown, [1, 0]))).to.deep.equal(menu)
  })

  it('takes no fourth button and no sixth entry', () => {
    let draft = edit.withButton(edit.draftOf(menu))
    expect(draft).to.have.length(3)
    for (let more = 0; more < 9; more++) draft = edit.withItem(draft, 0)
    expect(draft[0]!.items).to.have.length(5)
  })

  it('moves stop at the ends', () => {
    const draft = edit.draftOf(menu)
    const names = (moved: edit.MenuDraft) => moved.map(({ name }) => name)
    expect(names(edit.moved(draft, [0], 1))).to.deep.equal(['人工', '游玩', '附近'])
    expect(names(edit.moved(draft, [0], -1))).to.deep.equal(['游玩', '人工', '附近'])
    expect(edit.moved(draft, [0, 1], -1)[0]!.items[0]!.name).to.equal('预约')
  })

  it('another type keeps what was written for the first, and sends only what it asks for', () => {
    const draft = edit.changed(edit.draftOf(menu), [1], { type: 'view' })
    const [, button] = edit.menuOf(draft).buttons
    expect(button).to.deep.equal({ type: 'view', name: '人工', url: '' })
    const back = edit.changed(draft, [1], { type: 'say' })
    expect(edit.menuOf(back)).to.deep.equal(menu)
  })
})
