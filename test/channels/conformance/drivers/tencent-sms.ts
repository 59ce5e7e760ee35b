import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import { TencentSmsSimulator } from '../../../simulators/tencent-sms.ts'
import type { Driver } from '../driver.ts'
import { callbackOf } from '../driver.ts'

const PHONE = '13800000005'

export function tencentSmsDriver(): Driver {
  const templates = { '1110': '您的投诉{1}已受理' }
  const tencent = new TencentSmsSimulator({ waitsMs: [20, 20], templates })
  let upUrl = ''
  let time = Math.floor(Date.now() / 1000)
  const reply = async (text: string, at: number) =>
    expect(await tencent.reply(upUrl, PHONE, text, at)).to.deep.equal([200])
  return {
    kind: 'tencentSms',
    approved: { providerId: '1110', text: '您的投诉{{number}}已受理', key: 'number' },
    async open(scene) {
      this.gate = await Gate.before(await tencent.listen())
      const { secretId, secretKey, sdkAppId, signName } = tencent.options
      const settings = { secretId, secretKey, sdkAppId, signName, apiBase: this.gate.url }
      await scene.addAccount({ id: 'tencentSms', kind: 'tencentSms', settings })
      upUrl = await callbackOf(scene, 'tencentSms')
    },
    close: () => tencent.close(),
    async say(text) {
      const at = ++time
      await reply(text, at)
      return () => reply(text, at)
    },
    shown: () => tencent.sent.map(({ text }) => text),
    async oversize() {
      const response = await fetch(upUrl, { method: 'POST', body: 'x'.repeat(2_000_000) })
      expect(response.status).to.equal(413)
    },
    async forge(text) {
      const guessed = upUrl.replace(/[\w-]{24}(?=\/\w+$)/, 'x'.repeat(24))
      expect(await tencent.reply(guessed, PHONE, text)).to.deep.equal(Array(3).fill(404))
    },
    providerDown: 'gate',
    expireToken: { not: 'every request is signed with the key itself; there is no token' },
    closeWindow: { not: 'approved texts may be sent at any time' },
    useUpQuota: {
      refuse() {
        let refused = false
        tencent.options.refuse = () =>
          refused ? undefined : ((refused = true), 'LimitExceeded.DeliveryFrequencyLimit')
      },
      then: 'waits',
    },
    answerLost: 'gate',
  }
}
