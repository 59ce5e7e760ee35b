import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import { WecomSimulator } from '../../../simulators/wecom.ts'
import type { Driver } from '../driver.ts'

const USER = 'wmConformance_1'

export function wecomDriver(): Driver {
  const wecom = new WecomSimulator()
  const xml = () => wecom.callbackXml('ENCwhatever')
  return {
    kind: 'wecom',
    async open(scene) {
      await wecom.listen()
      this.gate = await Gate.before(wecom.url)
      const settings = { ...wecom.settings, apiBase: this.gate.url }
      await scene.addAccount({ id: 'wecom', kind: 'wecom', settings })
      wecom.callbackUrl = scene.callback('wecom', 'wecom')
    },
    close: () => wecom.close(),
    async say(content) {
      const msgid = await wecom.say(USER, content)
      return async () => {
        const message = { external_userid: USER, origin: 3, msgtype: 'text', text: { content } }
        wecom.append({ ...message, msgid })
        await wecom.tell()
      }
    },
    shown: () => wecom.textsTo(USER),
    async oversize() {
      const large = await wecom.postOnce(xml(), (request) => {
        request.body += ' '.repeat(2_000_000)
      })
      expect(large).to.equal(413)
    },
    async forge() {
      const forged = await wecom.postOnce(xml(), (request) => {
        request.query = request.query.replace(/msg_signature=\w/, 'msg_signature=x')
      })
      expect(forged).to.equal(403)
    },
    providerDown: 'gate',
    expireToken: { expire: () => wecom.expireToken() },
    closeWindow: () => wecom.closeWindow(USER),
    useUpQuota: { refuse: () => wecom.fault('kf/send_msg', 95001), then: 'fails' },
    answerLost: 'gate',
  }
}
