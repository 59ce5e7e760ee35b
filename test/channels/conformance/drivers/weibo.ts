import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import { WeiboSimulator } from '../../../simulators/weibo.ts'
import type { ChannelScene } from '../../scene.ts'
import type { Driver } from '../driver.ts'

const UID = '7012345678901234568'

export function weiboDriver(): Driver {
  const weibo = new WeiboSimulator()
  let scene: ChannelScene
  let url = ''
  const push = async (body: string) =>
    expect(await weibo.pushBody(body)).to.include({ status: 200, attempts: 1 })
  return {
    kind: 'weibo',
    async open(opened) {
      scene = opened
      this.gate = await Gate.before(await weibo.listen())
      url = this.gate.url
      await scene.addAccount({ id: 'weibo', kind: 'weibo', settings: weibo.settings(url) })
      weibo.callback = scene.callback('weibo', 'weibo')
    },
    close: () => weibo.close(),
    async say(text) {
      const { body, status } = await weibo.say(UID, text)
      expect(status).to.equal(200)
      return () => push(body)
    },
    shown: () =>
      weibo.received.flatMap((each) =>
        each.kind === 'message' && each.to === UID ? [String(each.data.text ?? '')] : [],
      ),
    async oversize() {
      expect((await weibo.pushBody('x'.repeat(2_000_000))).status).to.equal(413)
    },
    async forge(text) {
      const timestamp = Math.floor(Date.now() / 1000)
      const query = `signature=${'0'.repeat(40)}&timestamp=${timestamp}&nonce=1`
      const body = JSON.stringify({ type: 'text', sender_id: UID, text })
      const response = await fetch(`${weibo.callback}?${query}`, { method: 'POST', body })
      expect(response.status).to.equal(403)
    },
    providerDown: 'gate',
    expireToken: {
      expire: () => void (weibo.accessToken = '2.00AnotherTokenOfWeibo'),
      renew: () => scene.changeAccount('weibo', { settings: weibo.settings(url) }),
    },
    closeWindow: () => weibo.event(UID, 'unfollow'),
    useUpQuota: {
      not: 'any number within 48 hours; the one answer to a mention: weibo/sending.test.ts',
    },
    answerLost: 'gate',
  }
}
