import { expect } from 'chai'
import type { MenuView, ProviderTemplateView, SceneView } from '../../../channels/wechat/schema.ts'
import { AccountStateModel } from '../../../gateway/accounts/model.ts'
import { openTemporaryStore } from '../../intake/temporary-store.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { WechatNode } from './wechat-node.ts'

const draft = {
  buttons: [
    { name: '服务', items: [{ type: 'click', name: '我要投诉', key: 'complaint' }] },
    { type: 'say', name: '查询', says: '查询' },
  ],
}

describe('what the console does with an Official Account', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let wechat: WechatSimulator
  let node: WechatNode

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    await AccountStateModel.deleteMany({})
    wechat = new WechatSimulator()
    await wechat.listen()
    node = await new WechatNode(wechat).listen()
    wechat.callback = node.callback
  })
  afterEach(async () => {
    await node.close()
    await wechat.close()
  })

  it('a menu is drafted, published, and its buttons are known by name', async () => {
    expect((await node.ask('GET', '/menu')).body).to.deep.equal({ version: 0 })
    const saved = await node.ask<MenuView>('PUT', '/menu', { draft, version: 0 })
    expect(saved.body).to.deep.equal({ draft, version: 1 })
    expect(wechat.menu).to.equal(undefined)
    expect((await node.ask('GET', '/menu/current')).body).to.deep.equal({ foreign: false })
    // asked before the menu is published, and not kept for long
    await wechat.tapsMenu('oA', 'complaint')
    const published = await node.ask<MenuView>('POST', '/menu/publish', { version: 1 })
    expect(published.body.published).to.deep.equal(draft)
    expect(wechat.menu).to.have.length(2)
    expect((await node.ask('GET', '/menu/current')).body).to.deep.equal({
      ...{ foreign: false, menu: draft },
    })
    await wechat.tapsMenu('oB', 'complaint')
    await wechat.tapsMenu('oB', 'say:查询')
    expect(node.received.map(({ parts }) => parts[0])).to.deep.equal([
      { type: 'choice', id: 'complaint', label: 'complaint' },
      { type: 'choice', id: 'complaint', label: '我要投诉' },
      { type: 'text', text: '查询' },
    ])
  })

  it('two people at one menu: the second is told', async () => {
    await node.ask('PUT', '/menu', { draft, version: 0 })
    expect((await node.ask('PUT', '/menu', { draft, version: 0 })).status).to.equal(409)
    expect((await node.ask('POST', '/menu/publish', { version: 0 })).status).to.equal(409)
    expect(
      (await node.ask('PUT', '/menu', { draft: { buttons: [] }, version: 1 })).status,
    ).to.equal(400)
  })

  it('nothing to publish, and what WeChat refuses', async () => {
    expect((await node.ask('POST', '/menu/publish', { version: 0 })).status).to.equal(400)
    await node.ask('PUT', '/menu', { draft, version: 0 })
    wechat.codes.set('/cgi-bin/menu/create', [48001])
    const refused = await node.ask('POST', '/menu/publish', { version: 1 })
    expect(refused.status).to.equal(502)
    expect(JSON.stringify(refused.body)).to.match(/PROVIDER_REFUSED.*48001/)
    expect((await node.ask<MenuView>('GET', '/menu')).body.published).to.equal(undefined)
  })

  it('a menu made elsewhere that cannot be edited here is said to be so', async () => {
    wechat.menu = [{ type: 'media_id', name: '图', media_id: 'm' }]
    expect((await node.ask('GET', '/menu/current')).body).to.deep.equal({ foreign: true })
  })

  it('QR codes for places: made, listed, renamed, renewed, taken off the list', async () => {
    const body = { scene: 'eastgate', name: '东门', lasting: true }
    const made = await node.ask<SceneView>('POST', '/scenes', body)
    expect(made.body).to.include({ ...body, hint: '', qrText: wechat.scenes.get('eastgate')!.url })
    expect(made.body.pictureUrl).to.match(/\/cgi-bin\/showqrcode\?ticket=[\w%.-]+$/)
    expect(made.body).not.to.have.property('expiresAtMs')
    const days = { scene: 'festival', name: '灯会', hint: '活动咨询', lasting: false, days: 7 }
    const temporary = await node.ask<SceneView>('POST', '/scenes', days)
    expect(temporary.body.expiresAtMs! - temporary.body.createdAtMs).to.equal(7 * 86_400_000)
    await node.ask('PATCH', '/scenes/eastgate', { name: '东大门' })
    await node.ask('POST', '/scenes', { ...days, days: 1 })
    const listed = await node.ask<{ items: SceneView[] }>('GET', '/scenes')
    expect(listed.body.items.map(({ scene, name }) => `${scene} ${name}`)).to.deep.equal([
      ...['eastgate 东大门', 'festival 灯会'],
    ])
    expect((await node.ask('DELETE', '/scenes/eastgate')).status).to.equal(204)
    expect((await node.ask('DELETE', '/scenes/eastgate')).status).to.equal(404)
    expect((await node.ask('POST', '/scenes', { ...body, scene: '东门' })).status).to.equal(400)
  })

  it('two people make codes at once: both are on the list', async () => {
    const make = (scene: string) =>
      node.ask('POST', '/scenes', { scene, name: scene, lasting: true })
    await Promise.all(['a', 'b', 'c'].map(make))
    const listed = await node.ask<{ items: SceneView[] }>('GET', '/scenes')
    expect(listed.body.items.map(({ scene }) => scene)).to.have.members(['a', 'b', 'c'])
  })

  it('the texts an account may send, of both kinds', async () => {
    const { body } = await node.ask<{ items: ProviderTemplateView[] }>('GET', '/provider-templates')
    expect(body.items).to.deep.equal([
      {
        ...{ providerId: 'TM-ticket-progress', use: 'template', title: '投诉处理进度通知' },
        text: '{{first}}\n投诉编号:{{keyword1}}\n处理进度:{{keyword2}}',
        params: [
          { key: 'first', label: 'first' },
          { key: 'keyword1', label: '投诉编号' },
          { key: 'keyword2', label: '处理进度' },
        ],
        example: '您的投诉有新进展\n投诉编号:TS2026-0001\n处理进度:已转文旅局',
      },
      {
        ...{ providerId: 'SN-ticket', use: 'subscribe', title: '工单通知' },
        text: '编号:{{character_string1}}',
        params: [{ key: 'character_string1', label: '编号' }],
      },
    ])
  })

  it('an account that may send one kind only still shows that one', async () => {
    wechat.codes.set('/cgi-bin/template/get_all_private_template', [48001])
    const { body } = await node.ask<{ items: ProviderTemplateView[] }>('GET', '/provider-templates')
    expect(body.items.map(({ use }) => use)).to.deep.equal(['subscribe'])
    wechat.ipRefused = true
    expect((await node.ask('GET', '/provider-templates')).status).to.equal(502)
  })
})
