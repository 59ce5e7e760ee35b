import { Gate } from '../../../harness/gate.ts'
import { WechatySimulator } from '../../../simulators/wechaty.ts'
import type { Driver } from '../driver.ts'

const USER = '韩梅梅'
const PUPPET = 'the puppet of a service keeps its own connection and session'

export function wechatyDriver(): Driver {
  const wechat = new WechatySimulator()
  return {
    kind: 'wechaty',
    // takes seconds in which nothing else runs
    async load() {
      await wechat.listen()
    },
    async open(scene) {
      const [host = '', port] = String(wechat.settings.endpoint).split(':')
      this.gate = await Gate.before({ host, port: Number(port) })
      const settings = { ...wechat.settings, endpoint: `127.0.0.1:${this.gate.port}` }
      await scene.addAccount({ id: 'wechaty', kind: 'wechaty', settings })
      wechat.contact(USER)
      wechat.login()
      // wechaty loads for seconds, more on a machine that does much at once
      for (let tries = 0; tries < 4; tries++)
        if (
          await scene
            .until(async () => (await scene.account('wechaty')).health?.state === 'ok', 'wechaty')
            .catch(() => false)
        )
          return
    },
    close: () => wechat.close(),
    async say(text) {
      const id = wechat.say(USER, text)
      return async () => wechat.repeat(id)
    },
    shown: () => wechat.said.map(({ text }) => text ?? ''),
    // 2 MB breaks the connection of the puppet's own service
    async oversize() {
      wechat.say(USER, 'x'.repeat(300_000))
    },
    forge: { not: 'its process calls the service, with a token; nobody calls us' },
    providerDown: { not: `${PUPPET}: wechaty/bridge.test.ts` },
    expireToken: { not: 'a sign-in that ends is scanned anew by a person: wechaty/bridge.test.ts' },
    closeWindow: { not: 'a contact may be written to at any time' },
    useUpQuota: { not: 'nobody says how much is too much; a gap between messages is kept' },
    answerLost: { not: `${PUPPET}: its process dying is in wechaty/bridge.test.ts` },
  }
}
