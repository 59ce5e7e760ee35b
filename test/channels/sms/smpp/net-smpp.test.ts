import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { SmppLink } from '../../../../channels/sms/smpp/link.ts'
import { RecordedEvents } from '../recorded-events.ts'
import type { Deliver } from './net-smpp.ts'
import { exampleMissing, NetSmpp, netSmppMissing } from './net-smpp.ts'
import { settingsFor, TOURIST } from './rig.ts'

const ucs2 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')
const from = { source_addr: TOURIST.slice(1), destination_addr: '12301' }
const FIRST = '我要投诉导游强制购物,'
const SECOND = '请尽快联系我。😀'

const missing = exampleMissing()

describe(`Net::SMPP as the message centre${missing ? `: ${missing}` : ''}`, function () {
  this.timeout(30_000)
  let peer: NetSmpp | undefined
  let link: SmppLink | undefined
  let events: RecordedEvents

  async function bind(port: number) {
    events = new RecordedEvents()
    const settings = settingsFor('127.0.0.1', port)
    link = new SmppLink({ id: 'sms', kind: 'smpp', name: 'sms', lang: 'zh-CN', settings }, events)
    link.start()
    await events.until(() => events.health.length > 0)
    expect(events.health).to.deep.equal(['ok'])
  }
  afterEach(async () => {
    await link?.stop()
    await peer?.stop()
    link = peer = undefined
  })

  it('its example takes our bind, texts, enquire_link and goodbye', async function () {
    if (exampleMissing()) return this.skip()
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    free.close()
    await once(free, 'close')
    peer = await NetSmpp.example(port)
    await bind(port)
    // it gives every message the same id
    expect(await link!.submit({ messageId: 'm1', to: TOURIST, text: 'hello' })).to.deep.equal({
      ...{ ok: true, state: 'sent', providerIds: ['123456789'] },
    })
    expect(await link!.submit({ messageId: 'm2', to: TOURIST, text: FIRST.repeat(10) })).to.include(
      {
        ok: true,
      },
    )
    expect(await link!.check()).to.deep.equal({ ok: true })
  })

  it('what its codec writes is read, and what we write it reads', async function () {
    if (netSmppMissing()) return this.skip()
    const delivers: Deliver[] = [
      { ...from, short_message: 'Hello @ 5', data_coding: 3 },
      { ...from, short_message: `hex:${ucs2('几点开门?')}`, data_coding: 8 },
      // parts by header, the second one first
      ...[
        { seq: '02', text: SECOND },
        { seq: '01', text: FIRST },
      ].map(({ seq, text }) => ({
        ...{ ...from, esm_class: 0x40, data_coding: 8 },
        short_message: `hex:0500032a02${seq}${ucs2(text)}`,
      })),
      // parts by parameters
      ...[
        { seq: '01', text: SECOND },
        { seq: '02', text: FIRST },
      ].map(({ seq, text }) => ({
        ...{ ...from, data_coding: 8, short_message: `hex:${ucs2(text)}` },
        ...{ sar_msg_ref_num: 'hex:0107', sar_total_segments: 'hex:02' },
        sar_segment_seqnum: `hex:${seq}`,
      })),
      // whole in message_payload
      { ...from, data_coding: 8, message_payload: `hex:${ucs2(FIRST.repeat(40))}` },
      {
        ...{ source_addr: from.source_addr, destination_addr: '12301', esm_class: 4 },
        short_message:
          'id:3203334146 sub:001 dlvrd:001 submit date:2611220400 done date:2611220401 stat:DELIVRD err:000 text:',
      },
    ]
    peer = await NetSmpp.centre(delivers)
    await bind(peer.port)
    await events.until(() => events.messages.length === 5)
    expect(events.messages.map((each) => each.text)).to.have.members([
      ...['Hello @ 5', '几点开门?', FIRST + SECOND, SECOND + FIRST, FIRST.repeat(40)],
    ])
    expect(new Set(events.messages.map((each) => each.from))).to.deep.equal(new Set([TOURIST]))
    await peer.until(
      () => peer!.read.filter(({ command }) => command === 'deliver_sm_resp').length === 8,
    )
    const answers = peer.read.filter(({ command }) => command === 'deliver_sm_resp')
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(8).fill(0))

    const sent = await link!.submit({
      messageId: 'm1',
      to: TOURIST,
      text: (FIRST + SECOND).repeat(4),
    })
    expect(sent).to.include({ ok: true })
    const submits = peer.read.filter(({ command }) => command === 'submit_sm')
    expect(submits).to.have.length(2)
    const parts = submits.map(({ message }) => Buffer.from(message!, 'hex'))
    expect(parts.map((part) => [part[0], part[1], part[2], part[4], part[5]])).to.deep.equal([
      [5, 0, 3, 2, 1],
      [5, 0, 3, 2, 2],
    ])
    const text = Buffer.concat(parts.map((part) => part.subarray(6)))
      .swap16()
      .toString('utf16le')
    expect(text).to.equal((FIRST + SECOND).repeat(4))
    expect(submits[0]).to.include({
      ...{ source: '12301', destination: TOURIST.slice(1), esmClass: 0x40, dataCoding: 8 },
    })
  })
})
