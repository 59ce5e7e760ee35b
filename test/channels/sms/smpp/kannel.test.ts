import { once } from 'node:events'
import { expect } from 'chai'
import { SmppLink } from '../../../../channels/sms/smpp/link.ts'
import { SmppSimulator } from '../../../simulators/smpp.ts'
import { RecordedEvents } from '../recorded-events.ts'
import { Kannel, kannelMissing } from './kannel.ts'
import { settingsFor, TOURIST } from './rig.ts'

const LONG = '尊敬的游客您好:故宫博物院开放时间为8:30至17:00,周一闭馆。😀'.repeat(5)
const LONG_LATIN = 'The City Wall is open from 8:00 to 22:00 {last entry 21:00} [€54]. '.repeat(4)

/** Kannel is the tourist's telephone: what it sends is relayed to us octet by octet, and the other way round. */
const missing = kannelMissing()

describe(`Kannel at the other end${missing ? `: ${missing}` : ''}`, function () {
  this.timeout(60_000)
  const centre = new SmppSimulator()
  const events = new RecordedEvents()
  let kannel: Kannel | undefined
  let link: SmppLink

  before(async function () {
    if (missing) this.skip()
    const { host, port } = await centre.listen()
    centre.routes.set('12301', 'yilu')
    centre.routes.set(TOURIST.slice(1), 'kannel')
    const bound = once(centre, 'bound')
    kannel = await Kannel.start(port, 'kannel', 'secret')
    await bound
    const settings = settingsFor(host, port)
    link = new SmppLink({ id: 'sms', kind: 'smpp', name: 'sms', lang: 'zh-CN', settings }, events)
    link.start()
    await once(centre, 'bound')
    await events.until(() => events.health.includes('ok'))
  })
  after(async () => {
    if (!kannel) return
    await kannel.stop()
    await link.stop()
    await centre.close()
  })

  for (const [name, text] of [
    ['a short Chinese text', '故宫几点开门?'],
    ['a short English one', 'When does the palace open? {now} @ 5 [$]'],
    ['a long Chinese text', LONG],
    ['a long English one', LONG_LATIN.trim()],
  ] as const) {
    it(`${name} of Kannel's arrives here whole`, async () => {
      const had = events.messages.length
      await kannel!.send(TOURIST.slice(1), '12301', text)
      await events.until(() => events.messages.length > had)
      const { from, to, text: arrived } = events.messages.at(-1)!
      expect({ from, to, arrived }).to.deep.equal({ from: TOURIST, to: '12301', arrived: text })
    })

    it(`${name} of ours arrives at Kannel's whole`, async () => {
      const had = kannel!.received.length
      expect(await link.submit({ messageId: name, to: TOURIST, text })).to.include({ ok: true })
      await kannel!.until(() => kannel!.received.length > had)
      expect(kannel!.received.at(-1)).to.deep.equal({ from: '12301', to: TOURIST.slice(1), text })
    })
  }

  it('our receipts are told as delivered, and those of the simulator are understood by Kannel', async () => {
    await events.until(() => events.reports.length >= 4)
    expect(new Set(events.reports.map(({ state }) => state))).to.deep.equal(new Set(['delivered']))
    await kannel!.until(() => kannel!.reports.filter((state) => state === 1).length >= 4)
    expect(kannel!.reports).to.not.include(2)
  })
})
