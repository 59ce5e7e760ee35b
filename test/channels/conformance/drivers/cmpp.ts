import { once } from 'node:events'
import { expect } from 'chai'
import { Gate } from '../../../harness/gate.ts'
import type { DeliverPdu } from '../../../simulators/cmpp.ts'
import { CmppSimulator } from '../../../simulators/cmpp.ts'
import type { Driver } from '../driver.ts'

const PHONE = '13800000002'
const OURS = '10690000'
/** Result of a SUBMIT: too fast */
const THROTTLED = 8

export function cmppDriver(): Driver {
  const carrier = new CmppSimulator({ version: 0x30, repeatMs: 5_000 })
  const deliver = async (parts: DeliverPdu[]) =>
    expect(new Set(await Promise.all(parts.map((part) => carrier.deliver(part))))).to.deep.equal(
      new Set([0]),
    )
  return {
    kind: 'cmpp',
    async open(scene) {
      this.gate = await Gate.before(await carrier.listen())
      const { spId, secret } = carrier.options
      const address = { host: '127.0.0.1', port: this.gate.port, version: '3.0' }
      const settings = { ...address, spId, secret, srcId: OURS, responseSeconds: 3 }
      const connected = once(carrier, 'connected')
      await scene.addAccount({ id: 'cmpp', kind: 'cmpp', settings })
      await connected
    },
    close: () => carrier.close(),
    async say(text) {
      const parts = carrier.partsOf(PHONE, OURS, text)
      await deliver(parts)
      return () => deliver(parts)
    },
    shown: () => carrier.shown.map(({ text }) => text),
    reversed: (text) => deliver(carrier.partsOf(PHONE, OURS, text).reverse()),
    async oversize() {
      const header = Buffer.alloc(12)
      header.writeUInt32BE(50_000_000)
      header.writeUInt32BE(5, 4)
      const connected = once(carrier, 'connected')
      carrier.write(header)
      await connected
    },
    forge: { not: 'the connection is ours and we sign in there; nobody else can write on it' },
    providerDown: 'gate',
    expireToken: { not: 'no token: signing in holds as long as the connection' },
    closeWindow: { not: 'a telephone may be written to at any time' },
    useUpQuota: {
      refuse() {
        let throttled = false
        carrier.options.result = () => (throttled ? 0 : ((throttled = true), THROTTLED))
      },
      then: 'sent',
    },
    answerLost: 'gate',
  }
}
