import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import { TwilioSimulator } from '../../../simulators/twilio.ts'
import type { ChannelScene } from '../../scene.ts'
import type { Driver } from '../driver.ts'
import { callbackOf } from '../driver.ts'

const PHONE = '+85261230003'

export function twilioDriver(): Driver {
  let scene: ChannelScene
  let webhook = ''
  let ids = 0
  const twilio = new TwilioSimulator({
    retryMs: 20,
    reach: (url) => url.replace('https://hotline.example', scene.url),
  })
  const { accountSid, authToken, numbers } = twilio.options
  let settings: Record<string, unknown> = { accountSid, authToken, sender: numbers[0] }
  const say = async (text: string, sid: string) =>
    expect(await twilio.say(webhook, PHONE, text, { sid })).to.deep.equal([200])
  return {
    kind: 'twilioSms',
    async open(opened) {
      scene = opened
      this.gate = await Gate.before(await twilio.listen())
      settings = { ...settings, apiBase: this.gate.url }
      const account = await scene.addAccount({ id: 'twilioSms', kind: 'twilioSms', settings })
      webhook = account.callbacks![0]!.address
    },
    close: () => twilio.close(),
    async say(text) {
      const sid = `SM${String(++ids).padStart(32, '9')}`
      await say(text, sid)
      return () => say(text, sid)
    },
    shown: () => twilio.sent.filter(({ to }) => to === PHONE).map(({ body }) => body),
    async oversize() {
      const url = await callbackOf(scene, 'twilioSms')
      const response = await fetch(url, { method: 'POST', body: 'x'.repeat(2_000_000) })
      expect(response.status).to.equal(413)
    },
    async forge() {
      expect(await twilio.say(webhook, PHONE, 'x', { tamper: true })).to.deep.equal([403])
    },
    providerDown: 'gate',
    expireToken: {
      expire: () => void (twilio.options.authToken = 'anotherAuthTokenOfTheSimulator'),
      renew: () =>
        scene.changeAccount('twilioSms', {
          settings: { ...settings, authToken: twilio.options.authToken },
        }),
    },
    closeWindow: { not: 'a telephone may be written to at any time' },
    useUpQuota: {
      refuse() {
        let refused = false
        twilio.options.refuse = () => (refused ? undefined : ((refused = true), [429, 20429]))
      },
      then: 'sent',
    },
    answerLost: 'gate',
  }
}
