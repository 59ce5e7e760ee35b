import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import { AliyunSmsSimulator } from '../../../simulators/aliyun-sms.ts'
import type { Driver } from '../driver.ts'
import { callbackOf } from '../driver.ts'

const PHONE = '13800000004'

export function aliyunSmsDriver(): Driver {
  const aliyun = new AliyunSmsSimulator({ waitsMs: [20, 20, 20] })
  let upUrl = ''
  let ids = 0
  const reply = async (text: string, sequence_id: string) =>
    expect(await aliyun.reply(upUrl, PHONE, text, { sequence_id })).to.deep.equal([200])
  return {
    kind: 'aliyunSms',
    approved: { providerId: 'SMS_1', text: '您的投诉{{number}}已受理', key: 'number' },
    async open(scene) {
      this.gate = await Gate.before(await aliyun.listen())
      const { accessKeyId, accessKeySecret, signName } = aliyun.options
      const settings = { accessKeyId, accessKeySecret, signName, apiBase: this.gate.url }
      await scene.addAccount({ id: 'aliyunSms', kind: 'aliyunSms', settings })
      upUrl = await callbackOf(scene, 'aliyunSms')
    },
    close: () => aliyun.close(),
    async say(text) {
      const id = `1000${++ids}`
      await reply(text, id)
      return () => reply(text, id)
    },
    shown: () => aliyun.sent.map(({ text }) => text),
    async oversize() {
      const response = await fetch(upUrl, { method: 'POST', body: 'x'.repeat(2_000_000) })
      expect(response.status).to.equal(413)
    },
    async forge(text) {
      const guessed = upUrl.replace(/[\w-]{24}(?=\/up)/, 'x'.repeat(24))
      expect(await aliyun.reply(guessed, PHONE, text)).to.deep.equal(Array(4).fill(404))
    },
    providerDown: 'gate',
    expireToken: { not: 'every request is signed with the key itself; there is no token' },
    closeWindow: { not: 'approved texts may be sent at any time' },
    useUpQuota: {
      refuse() {
        let refused = false
        aliyun.options.refuse = () =>
          refused ? undefined : ((refused = true), ['isv.BUSINESS_LIMIT_CONTROL', '触发分钟级流控'])
      },
      then: 'waits',
    },
    answerLost: 'gate',
  }
}
