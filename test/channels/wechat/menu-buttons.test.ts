import { expect } from 'chai'
import { fromProvider, labelOfKey, toProvider } from '../../../channels/wechat/menu-buttons.ts'
import type { Menu } from '../../../channels/wechat/schema.ts'
import { menu } from '../../../channels/wechat/schema.ts'
import { checkMenu } from '../../simulators/wechat-content.ts'

const fullMenu: Menu = {
  buttons: [
    {
      name: '服务',
      items: [
        { type: 'say', name: '查询进度', says: '查询' },
        { type: 'click', name: '我要投诉', key: 'complaint' },
        { type: 'scancode_waitmsg', name: '扫码' },
        { type: 'location_select', name: '我在哪里' },
        { type: 'pic_photo_or_album', name: '发照片' },
      ],
    },
    { type: 'view', name: '官网', url: 'https://www.example.gov.cn/' },
    {
      ...{ type: 'miniprogram', name: '预约', url: 'https://www.example.gov.cn/' },
      ...{ appId: 'wx286b93c14bbf93aa', pagePath: 'pages/book' },
    },
  ],
}

describe('menus', () => {
  it('survive the way to WeChat and back', () => {
    const { button } = toProvider(menu.parse(fullMenu))
    expect(checkMenu({ button })).to.have.length(3)
    expect(fromProvider(button)).to.deep.equal(fullMenu)
  })

  it('know what is on a button', () => {
    expect(labelOfKey(fullMenu, 'complaint')).to.equal('我要投诉')
    expect(labelOfKey(fullMenu, 'none')).to.equal(undefined)
  })

  it('what the editor cannot express is not shown as something else', () => {
    expect(fromProvider([{ type: 'media_id', name: '图', key: 'k' }])).to.equal(undefined)
  })

  const item = { type: 'say', name: 'a', says: 'b' } as const
  const bad: Record<string, unknown> = {
    'no button': [],
    'four buttons': [item, item, item, item],
    'six items': [{ name: 'a', items: [item, item, item, item, item, item] }],
    'no item': [{ name: 'a', items: [] }],
    'a name of six characters on a button': [{ ...item, name: '六个字的名字' }],
    'an empty name': [{ ...item, name: ' ' }],
    'a page without an address': [{ type: 'view', name: 'a', url: 'nowhere' }],
    'a key that speaks': [{ type: 'click', name: 'a', key: 'say:x' }],
    'too long a word': [{ ...item, says: '字'.repeat(41) }],
    'an unknown type': [{ type: 'fly', name: 'a' }],
  }
  for (const [name, buttons] of Object.entries(bad))
    it(`${name} is refused`, () => {
      expect(menu.safeParse({ buttons }).success).to.equal(false)
    })
})
