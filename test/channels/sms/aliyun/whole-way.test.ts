import { expect } from 'chai'
import type { RefusedError } from '../../../harness/agent.ts'
import { AliyunSmsSimulator } from '../../../simulators/aliyun-sms.ts'
import { ChannelScene } from '../../scene.ts'

const TOURIST = '13800138000'

describe('an account that sends approved texts only', function () {
  this.timeout(60_000)
  const aliyun = new AliyunSmsSimulator({ waitsMs: [20, 20, 20] })
  let scene: ChannelScene
  let upUrl: string
  let reportUrl: string

  before(async () => {
    scene = await ChannelScene.open()
    const apiBase = await aliyun.listen()
    const { accessKeyId, accessKeySecret, signName } = aliyun.options
    const settings = { accessKeyId, accessKeySecret, signName, apiBase }
    const account = await scene.addAccount({ id: 'notices', kind: 'aliyunSms', settings })
    ;[upUrl, reportUrl] = account.callbacks!.map(({ address }) => scene.url + address) as [
      string,
      string,
    ]
  })
  after(async () => {
    await scene.close()
    await aliyun.close()
  })

  it('has a callback address nobody can guess, and passes its test', async () => {
    expect(upUrl).to.match(/\/channels\/aliyunSms\/notices\/[\w-]{24}\/up$/)
    expect(await scene.check('notices')).to.include({ ok: true })
    expect(
      await aliyun.reply(upUrl.replace(/[\w-]{24}/, 'x'.repeat(24)), TOURIST, 'x'),
    ).to.deep.equal(Array(4).fill(404))
  })

  it('a reply reaches an agent, whose free words are refused and whose template goes out', async () => {
    expect(await aliyun.reply(upUrl, TOURIST, '转人工')).to.deep.equal([200])
    const { card } = await scene.lin.accept()
    const refused = await scene.lin.say(card.id, '您好').catch((error: unknown) => error)
    expect((refused as RefusedError).error.code).to.equal('TEMPLATE_ONLY')
    // the bot's words were not asked for by anybody at a desk: they are shown as refused
    await scene.until(async () => {
      const messages = await scene.messages(`+86${TOURIST}`)
      return messages.some(({ delivery }) => delivery?.code === 'TEMPLATE_ONLY')
    }, 'the refusal')
    const made = await scene.admin.rest('POST', '/templates', {
      ...{ accountId: 'notices', name: '受理', providerId: 'SMS_1', use: 'template' },
      ...{ text: '您的投诉{{number}}已受理', params: [{ key: 'number', label: '编号' }] },
    })
    expect(made.status).to.be.oneOf([200, 201])
    const { id: templateId } = (await made.json()) as { id: string }
    await scene.lin.do({
      ...{ do: 'send', conversationId: card.id, clientMsgId: 'template-1' },
      content: { type: 'template', templateId, params: { number: '20261122001' } },
    })
    const [sms] = await scene.until(() => aliyun.sent.length > 0 && aliyun.sent, 'the template')
    expect(sms).to.include({ phone: TOURIST, text: '【旅游热线】您的投诉20261122001已受理' })
    expect(await aliyun.report(reportUrl, [sms!])).to.deep.equal([200])
    await scene.until(async () => {
      const messages = await scene.messages(`+86${TOURIST}`)
      return messages.some(
        ({ parts, delivery }) => parts[0]?.type === 'template' && delivery?.state === 'delivered',
      )
    }, 'shown as delivered')
  })
})
