import { once } from 'node:events'
import { expect } from 'chai'
import { STATUS } from '../../../../channels/sms/smpp/status.ts'
import { Gate } from '../../../harness/gate.ts'
import type { MobileOriginated } from '../../../simulators/smpp.ts'
import { SmppSimulator } from '../../../simulators/smpp.ts'
import type { Driver } from '../driver.ts'

const PHONE = '8613800000001'
const OURS = '12301'

export function smppDriver(): Driver {
  const centre = new SmppSimulator({ againMs: 100 })
  const deliver = async (parts: MobileOriginated[]) =>
    expect(new Set(await Promise.all(parts.map((part) => centre.deliver(part))))).to.deep.equal(
      new Set([0]),
    )
  return {
    kind: 'smpp',
    async open(scene) {
      this.gate = await Gate.before(await centre.listen())
      const address = { host: '127.0.0.1', port: this.gate.port }
      const bound = once(centre, 'bound')
      await scene.addAccount({
        ...{ id: 'smpp', kind: 'smpp' },
        settings: { ...address, systemId: 'yilu', password: 'secret', source: OURS },
      })
      await bound
    },
    close: () => centre.close(),
    async say(text) {
      const parts = centre.partsOf(PHONE, OURS, text)
      await deliver(parts)
      return () => deliver(parts)
    },
    shown: () => centre.shown.map(({ text }) => text),
    async repeated(text) {
      const taken = deliver(centre.partsOf(PHONE, OURS, text))
      // before the answer: brought again over the next connection
      centre.hangUp()
      await taken
    },
    reversed: (text) => deliver(centre.partsOf(PHONE, OURS, text).reverse()),
    async oversize() {
      const header = Buffer.alloc(16)
      header.writeUInt32BE(50_000_000)
      header.writeUInt32BE(5, 4)
      const bound = once(centre, 'bound')
      centre.write(header)
      // nothing can be found again behind a length nobody believes
      await bound
    },
    forge: { not: 'the connection is ours and we sign in there; nobody else can write on it' },
    providerDown: 'gate',
    expireToken: { not: 'no token: signing in holds as long as the connection' },
    closeWindow: { not: 'a telephone may be written to at any time' },
    useUpQuota: {
      refuse() {
        let throttled = false
        centre.options.status = () => (throttled ? 0 : ((throttled = true), STATUS.throttled))
      },
      then: 'sent',
    },
    answerLost: 'gate',
  }
}
