import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import { WechatSimulator } from '../../../simulators/wechat.ts'
import type { Driver } from '../driver.ts'

const OPEN_ID = 'oConformance_1'

export function wechatDriver(): Driver {
  const wechat = new WechatSimulator()
  let id = BigInt(Date.now()) * 1000n
  const xmlOf = (Content: string) =>
    wechat.xml(OPEN_ID, { MsgType: 'text', Content, MsgId: String(++id) })
  const post = async (url: string, body: string) =>
    (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/xml' } })).status
  const push = async (xml: string) =>
    expect(await wechat.pushXml(OPEN_ID, xml)).to.include({ taken: true })
  return {
    kind: 'wechat',
    async open(scene) {
      this.gate = await Gate.before(await wechat.listen())
      const settings = { ...wechat.settings(), apiBase: this.gate.url }
      await scene.addAccount({ id: 'wechat', kind: 'wechat', settings })
      wechat.callback = scene.callback('wechat', 'wechat')
    },
    close: () => wechat.close(),
    async say(text) {
      wechat.tourists.did(OPEN_ID, 'message')
      const xml = xmlOf(text)
      await push(xml)
      return () => push(xml)
    },
    shown: () => wechat.textsTo(OPEN_ID),
    async oversize() {
      const { url, body } = wechat.request(OPEN_ID, xmlOf('large'))
      expect(await post(url, body + ' '.repeat(2_000_000))).to.equal(413)
    },
    async forge(text) {
      const { url, body } = wechat.request(OPEN_ID, xmlOf(text))
      const forged = url.replace(/msg_signature=\w/, 'msg_signature=x')
      expect(await post(forged, body)).to.equal(403)
    },
    providerDown: 'gate',
    expireToken: { expire: () => wechat.tokens.expireAll() },
    closeWindow: () => wechat.tourists.of(OPEN_ID).grants.clear(),
    useUpQuota: {
      refuse: () => void wechat.codes.set('/cgi-bin/message/custom/send', [45047]),
      then: 'fails',
    },
    answerLost: 'gate',
  }
}
