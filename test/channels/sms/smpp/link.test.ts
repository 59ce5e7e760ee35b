import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { SmppLink } from '../../../../channels/sms/smpp/link.ts'
import { selfSigned } from '../../../simulators/dovecot.ts'
import { RecordedEvents } from '../recorded-events.ts'
import { settingsFor, SmppRig, TOURIST } from './rig.ts'

const LONG = '尊敬的游客您好:故宫博物院开放时间为8:30至17:00,周一闭馆。😀'.repeat(6)

describe('an SMPP link', () => {
  let rig: SmppRig
  afterEach(() => rig.close())

  it('sends a long Chinese text in parts, and tells when all of them have arrived', async () => {
    rig = await SmppRig.open()
    const result = await rig.send(LONG)
    expect(result).to.include({ ok: true, state: 'sent' })
    expect(rig.centre.shown).to.deep.equal([{ to: '8613800138000', from: '12301', text: LONG }])
    expect(rig.centre.submits.map(({ body }) => [body.esmClass, body.dataCoding])).to.deep.equal(
      Array(rig.centre.submits.length).fill([0x40, 8]),
    )
    await rig.events.until(() => rig.events.reports.length > 0)
    const ids = (result as { providerIds: string[] }).providerIds
    expect(ids).to.have.length(rig.centre.submits.length)
    expect(rig.events.reports).to.deep.equal([{ providerId: ids.at(-1), state: 'delivered' }])
  })

  it('what a telephone writes arrives once and whole, whatever the order of its parts', async () => {
    rig = await SmppRig.open()
    const text = '我要投诉导游强制购物,请尽快联系我。'.repeat(12)
    const parts = rig.centre.partsOf(TOURIST, '12301', text)
    expect(parts).to.have.length(4)
    await Promise.all([2, 0, 0, 1, 3, 3].map((at) => rig.centre.deliver(parts[at]!)))
    expect(rig.events.messages.map(({ from, to, text }) => ({ from, to, text }))).to.deep.equal([
      { from: TOURIST, to: '12301', text },
    ])
  })

  it('the same short answer to two menus is two messages', async () => {
    rig = await SmppRig.open()
    await rig.centre.say(TOURIST, '12301', '1')
    await rig.centre.say(TOURIST, '12301', '1')
    expect(rig.events.messages.map(({ text }) => text)).to.deep.equal(['1', '1'])
  })

  it('what could not be stored is refused for now, brought again and had once', async () => {
    rig = await SmppRig.open({ againMs: 20 })
    rig.events.storeDown = true
    const taken = rig.centre.say(TOURIST, '12301', '1')
    await rig.events.until(() => rig.events.errors.length > 0)
    rig.events.storeDown = false
    expect(await taken).to.deep.equal([0])
    expect(rig.centre.answers.slice(0, 1)).to.deep.equal([0x64])
    expect(rig.events.messages).to.have.length(1)
  })

  it('a text whose acknowledgement was lost with the connection is not doubled', async () => {
    rig = await SmppRig.open()
    const received = rig.events.received.bind(rig.events)
    rig.events.received = async (sms) => {
      await received(sms)
      if (rig.events.messages.length === 1 && !cut) {
        cut = true
        rig.centre.hangUp()
      }
    }
    let cut = false
    expect(await rig.centre.say(TOURIST, '12301', '1')).to.deep.equal([0])
    expect(rig.centre.binds).to.deep.equal([0, 0])
    expect(rig.events.messages).to.have.length(1)
  })

  it('a crash between storing and acknowledging does not double the text either', async () => {
    rig = await SmppRig.open()
    const said = rig.centre.say(TOURIST, '12301', '1')
    const received = rig.events.received.bind(rig.events)
    // the process is gone as soon as it is stored: nothing is answered any more
    const stored = new Promise<void>((resolve) => {
      rig.events.received = async (sms) => {
        await received(sms)
        resolve()
        await new Promise(() => undefined)
      }
    })
    await stored
    const before = rig.link
    rig.events.received = received
    rig.link = new SmppLink(
      { id: 'sms', kind: 'smpp', name: 'sms', lang: 'zh-CN', settings: rig.settings },
      rig.events,
    )
    rig.centre.hangUp()
    rig.link.start()
    expect(await said).to.deep.equal([0])
    expect(rig.events.messages).to.have.length(1)
    void before.stop()
  })

  it('no answer in time: nobody knows whether it arrived; the pieces before it are known', async () => {
    rig = await SmppRig.open(
      { status: (_, count) => (count < 2 ? 0 : 'mute') },
      { responseSeconds: 0.2 },
    )
    expect(await rig.send(LONG)).to.deep.include({
      ...{ ok: false, retry: 'unknown', code: 'NO_ANSWER', sentPieces: 2 },
      providerIds: ['1', '2'],
    })
  })

  it('the connection falls while an answer is awaited: unknown, and the next one is sent', async () => {
    rig = await SmppRig.open({ status: () => 'hangUp' })
    expect(await rig.send('你好')).to.include({ ok: false, retry: 'unknown' })
    const down = await rig.send('你好', 'm2')
    expect(down).to.include({ ok: false, retry: 'later', code: 'NOT_CONNECTED' })
    rig.centre.options.status = () => 0
    await once(rig.centre, 'bound')
    await rig.events.until(() => rig.events.health.at(-1) === 'ok')
    expect(await rig.send('你好', 'm3')).to.include({ ok: true })
  })

  it('throttled: later, and the whole account rests, longer each time', async () => {
    let status = 0x58
    rig = await SmppRig.open({ status: () => status })
    expect(await rig.send('a')).to.include({
      ...{ ok: false, retry: 'later', code: 'ESME_RTHROTTLED', pauseAccountMs: 1000 },
    })
    status = 0x14
    expect(await rig.send('a')).to.include({ code: 'ESME_RMSGQFUL', pauseAccountMs: 2000 })
    status = 0
    expect(await rig.send('a')).to.include({ ok: true })
    status = 0x58
    expect(await rig.send('a')).to.include({ pauseAccountMs: 1000 })
  })

  it('a number that cannot be is refused for good', async () => {
    rig = await SmppRig.open({ status: () => 0x0b })
    expect(await rig.send('a')).to.deep.equal({
      ...{ ok: false, retry: 'never', code: 'ESME_RINVDSTADR' },
    })
    expect(await rig.send('a', 'm2', { to: 'hotline' })).to.include({ code: 'BAD_NUMBER' })
  })

  it('the rest of a text sent in part carries the same reference', async () => {
    rig = await SmppRig.open({ status: (_, count) => (count === 1 ? 0x08 : 0) })
    expect(await rig.send(LONG)).to.include({ ok: false, retry: 'later', sentPieces: 1 })
    rig.centre.options.status = () => 0
    expect(await rig.send(LONG, 'm1', { sentPieces: 1 })).to.include({ ok: true })
    expect(rig.centre.shown.map(({ text }) => text)).to.deep.equal([LONG])
  })

  it('a wrong password: somebody must look, and the centre is left alone', async () => {
    rig = await SmppRig.open({}, { password: 'wrong' })
    expect(rig.events.health).to.deep.equal(['needsPerson ESME_RINVPASWD'])
    expect(rig.centre.binds).to.deep.equal([0x0e])
    expect(await rig.send('a')).to.include({ retry: 'later', code: 'NOT_CONNECTED' })
    expect(await rig.link.check()).to.deep.equal({
      ...{ ok: false, code: 'PROVIDER_CREDENTIALS', detail: 'ESME_RINVPASWD' },
    })
    expect(rig.centre.binds).to.deep.equal([0x0e, 0x0e])
  })

  it('the test button, with the centre there and gone', async () => {
    rig = await SmppRig.open()
    expect(await rig.link.check()).to.deep.equal({ ok: true })
    await rig.centre.close()
    await rig.events.until(() => rig.events.health.at(-1) === 'down NOT_CONNECTED')
    expect(await rig.link.check()).to.include({ ok: false, code: 'PROVIDER_UNREACHABLE' })
  })

  it('a centre that has gone silent is noticed and left', async () => {
    rig = await SmppRig.open({}, { enquireSeconds: 0.1, responseSeconds: 0.1 })
    await once(rig.centre, 'enquired')
    rig.centre.options.alive = false
    await once(rig.centre, 'gone')
    rig.centre.options.alive = true
    await once(rig.centre, 'bound')
    await rig.events.until(() => rig.events.health.at(-1) === 'ok')
    expect(rig.events.health).to.include('down NOT_CONNECTED')
  })

  it('a transmitter and a receiver as two connections', async () => {
    rig = await SmppRig.open({}, { bind: 'pair' })
    await rig.send('hello')
    await rig.events.until(() => rig.events.reports.length > 0)
    await rig.centre.say(TOURIST, '12301', 'hi')
    expect(rig.centre.binds).to.deep.equal([0, 0])
    expect(rig.events.messages).to.have.length(1)
  })

  it('the receiver alone is lost: texts still go out, and the account is not called well', async () => {
    let refuse = false
    rig = await SmppRig.open({ bindStatus: () => (refuse ? 0x08 : 0) }, { bind: 'pair' })
    refuse = true
    rig.centre.hangUpReceiver()
    await rig.events.until(() => rig.events.health.at(-1) === 'down NOT_CONNECTED')
    expect(await rig.send('hello')).to.include({ ok: true })
    expect(rig.events.health.at(-1)).to.not.equal('ok')
    refuse = false
    await rig.events.until(() => rig.events.health.at(-1) === 'ok')
    await rig.centre.say(TOURIST, '12301', 'hi')
    expect(rig.events.messages).to.have.length(1)
  })

  it('a stop while the centre keeps silent does not wait for it', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    rig = await SmppRig.open()
    const { port } = silent.address() as AddressInfo
    const settings = settingsFor('127.0.0.1', port, { responseSeconds: 120 })
    const events = new RecordedEvents()
    const link = new SmppLink({ id: 's', kind: 'smpp', name: 's', lang: 'en', settings }, events)
    const called = once(silent, 'connection')
    link.start()
    const [socket] = (await called) as [Socket]
    await once(socket, 'readable')
    await link.stop()
    expect(events.health).to.deep.equal([])
    silent.close()
  })

  it('says goodbye when it stops', async () => {
    rig = await SmppRig.open()
    const unbound = once(rig.centre, 'unbound')
    await rig.link.stop()
    await unbound
  })

  it('no more requests without an answer than the window is wide', async () => {
    const waiting: (() => void)[] = []
    rig = await SmppRig.open({ window: 3, status: () => 'mute' }, { window: 3, responseSeconds: 5 })
    const seen: number[] = []
    rig.centre.on('pdu', (octets) => {
      if (octets.readUInt32BE(4) !== 4) return
      seen.push(octets.readUInt32BE(12))
      waiting.push(() => rig.centre.write(answerTo(octets.readUInt32BE(12))))
    })
    const results = Array.from({ length: 8 }, (_, at) => rig.send('a', `m${at}`))
    while (seen.length < 3) await once(rig.centre, 'pdu')
    await rig.link.check()
    expect(seen).to.have.length(3)
    for (let answered = 0; answered < 8; answered++) {
      while (!waiting[answered]) await once(rig.centre, 'pdu')
      waiting[answered]!()
    }
    for (const result of await Promise.all(results)) expect(result).to.include({ ok: true })
  })
})

/** submit_sm_resp with the message id '7'. */
function answerTo(sequence: number): Buffer {
  const octets = Buffer.from('00000012800000040000000000000000' + '3700', 'hex')
  octets.writeUInt32BE(sequence, 12)
  return octets
}

describe('an SMPP link over TLS', () => {
  let rig: SmppRig | undefined
  afterEach(() => rig?.close())

  it('with an authority of their own; and not without it', async function () {
    const tls = selfSigned()
    rig = await SmppRig.open({ tls }, { tls: true, authority: tls.cert })
    expect(rig.events.health).to.deep.equal(['ok'])
    expect(await rig.send('你好')).to.include({ ok: true })
    const { host, port } = rig.settings
    const wary = new SmppLink(
      {
        ...{ id: 'sms', kind: 'smpp', name: 'sms', lang: 'zh-CN' },
        settings: settingsFor(host, port, { tls: true }),
      },
      new RecordedEvents(),
    )
    wary.start()
    expect(await wary.check()).to.deep.include({ ok: false, code: 'PROVIDER_UNREACHABLE' })
    await wary.stop()
  })
})
