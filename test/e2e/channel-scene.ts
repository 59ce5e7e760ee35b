/** A hotline on WeChat, WeCom and Weibo: a menu and codes, tourists who write, a provider that is gone. */
import { WechatSimulator } from '../simulators/wechat.ts'
import { WecomSimulator } from '../simulators/wecom.ts'
import { WeiboSimulator } from '../simulators/weibo.ts'
import type { Hotline } from './hotline.ts'

const MENU = {
  buttons: [
    {
      name: '游玩',
      items: [
        { type: 'say', name: '景点介绍', says: '景点' },
        { type: 'say', name: '怎么去', says: '交通' },
        { type: 'view', name: '门票预约', url: 'https://www.example.cn/tickets' },
      ],
    },
    {
      name: '办事',
      items: [
        { type: 'say', name: '我要投诉', says: '投诉' },
        { type: 'say', name: '查询进度', says: '查询' },
        { type: 'location_select', name: '发送位置' },
      ],
    },
    { type: 'say', name: '人工', says: '转人工' },
  ],
}
const SCENES = [
  { scene: 'south-gate', name: '城墙南门', hint: '先介绍灯光秀和租车', lasting: true },
  { scene: 'terracotta', name: '兵马俑检票口', hint: '先讲预约和讲解', lasting: true },
  { scene: 'new-year', name: '新春灯会', hint: '活动期间使用', lasting: false, days: 30 },
]
const TEMPLATE = {
  ...{ accountId: 'wx', name: '投诉处理进度通知', providerId: 'TM-ticket-progress' },
  text: '{{first}}\n投诉编号：{{keyword1}}\n处理进度：{{keyword2}}',
  params: [
    { key: 'first', label: '开头' },
    { key: 'keyword1', label: '投诉编号' },
    { key: 'keyword2', label: '处理进度' },
  ],
  use: 'template',
}

export class ChannelsAtWork {
  readonly wechat = new WechatSimulator()
  readonly wecom = new WecomSimulator()
  readonly weibo = new WeiboSimulator()
  private readonly hotline: Hotline

  private constructor(hotline: Hotline) {
    this.hotline = hotline
  }

  static async open(hotline: Hotline): Promise<ChannelsAtWork> {
    const scene = new ChannelsAtWork(hotline)
    await scene.build()
    return scene
  }

  private async build(): Promise<void> {
    const { wechat, wecom, weibo, hotline } = this
    const [, , weiboUrl] = await Promise.all([wechat.listen(), wecom.listen(), weibo.listen()])
    await this.add('wx', 'wechat', '西安旅游公众号', wechat.settings())
    await this.add('kf', 'wecom', '古城客服', wecom.settings)
    await this.add('wb', 'weibo', '西安文旅微博', weibo.settings(weiboUrl))
    wechat.callback = `${hotline.product.url}/channels/wechat/wx`
    wecom.callbackUrl = `${hotline.product.url}/channels/wecom/kf`
    for (const id of ['wx', 'kf', 'wb']) await this.post(`/accounts/${id}/check`, {})
    await this.post('/templates', TEMPLATE)
    for (const scene of SCENES) await this.post('/wechat/wx/scenes', scene)
    const { version } = await hotline.admin.get<{ version: number }>('/wechat/wx/menu')
    await this.send('PUT', '/wechat/wx/menu', { draft: MENU, version })
    const draft = await hotline.admin.get<{ version: number }>('/wechat/wx/menu')
    await this.post('/wechat/wx/menu/publish', { version: draft.version })
  }

  private add(id: string, kind: string, name: string, settings: object): Promise<void> {
    const rest = { flowId: 'main', lang: 'zh-CN', enabled: true }
    return this.post('/accounts', { id, kind, name, ...rest, settings })
  }

  private post(path: string, body: object): Promise<void> {
    return this.send('POST', path, body)
  }

  private async send(method: string, path: string, body: object): Promise<void> {
    const response = await this.hotline.admin.rest(method, path, body)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }

  async close(): Promise<void> {
    await Promise.all([this.wechat.close(), this.wecom.close(), this.weibo.close()])
  }
}
