import { once } from 'node:events'
import { expect } from 'chai'
import type { CmppSettings } from '../../../../channels/sms/cmpp/account.ts'
import type { IsmgOptions } from '../../../simulators/cmpp.ts'
import { frameOf } from '../../../simulators/cmpp.ts'
import type { Rig } from './rig.ts'
import { rig, sms } from './rig.ts'

const long = '长'.repeat(150)

describe('CMPP when things go wrong', () => {
  let it1: Rig
  const begin = async (ismg?: IsmgOptions, settings?: Partial<CmppSettings>) => {
    it1 = await rig(ismg, settings)
    return it1
  }
  afterEach(() => it1.close())

  it('flow control: the rest of a long message waits, and goes on where it stopped', async () => {
    const { link, gateway } = await begin({ result: (_, count) => (count === 1 ? 8 : 0) })
    const message = sms(long)
    const refused = await link.submit(message)
    expect(refused).to.include({ ok: false, retry: 'later', code: 'CMPP_8', sentPieces: 1 })
    expect(refused).to.have.property('pauseAccountMs', 1000)
    gateway.options.result = undefined
    expect(await link.submit({ ...message, sentPieces: 1 })).to.include({ ok: true })
    expect(gateway.shown).to.deep.equal([{ to: '13800138000', from: '10690000', text: long }])
  })

  it('a wrong service code is told as a matter of the account', async () => {
    const { link, events } = await begin({ result: () => 7 })
    expect(await link.submit(sms('x'))).to.deep.equal({ ok: false, retry: 'never', code: 'CMPP_7' })
    expect(events.health).to.include('warning CMPP_7')
  })

  it('a destination no number can be is refused before it goes out', async () => {
    const { link, gateway } = await begin()
    const result = await link.submit(sms('x', { to: '+861380013800013800138000' }))
    expect(result).to.include({ ok: false, retry: 'never', code: 'BAD_NUMBER' })
    expect(gateway.submits).to.deep.equal([])
  })

  it('no answer to a SUBMIT: nobody can tell', async () => {
    const { link } = await begin({ result: () => 'mute' }, { responseSeconds: 0.1 })
    const result = await link.submit(sms('x'))
    expect(result).to.deep.equal({ ok: false, retry: 'unknown', code: 'NO_ANSWER' })
  })

  it('the connection falls after a SUBMIT: nobody can tell; what waited is sent later', async () => {
    const { link } = await begin({ result: () => 'hangUp' }, { window: 1 })
    const results = await Promise.all([link.submit(sms('x')), link.submit(sms('y'))])
    expect(results[0]).to.include({ retry: 'unknown', code: 'NO_ANSWER' })
    expect(results[1]).to.include({ retry: 'later', code: 'NOT_CONNECTED' })
  })

  it('the gateway falls and comes back: connected again, and it goes on', async () => {
    const { link, gateway, events } = await begin()
    gateway.hangUp()
    await events.until(() => events.health.includes('down NOT_CONNECTED'))
    expect(await link.submit(sms('x'))).to.include({ retry: 'later', code: 'NOT_CONNECTED' })
    await once(gateway, 'connected')
    await events.until(() => events.health.at(-1) === 'ok')
    expect(await link.submit(sms('y'))).to.include({ ok: true })
  })

  it('a wrong secret needs a person', async () => {
    const { link, events } = await begin({ secret: 'another' })
    expect(events.health).to.deep.equal(['needsPerson CMPP_CONNECT_3'])
    expect(await link.check()).to.deep.include({ ok: false, code: 'PROVIDER_CREDENTIALS' })
  })

  it('a version too high needs a person', async () => {
    const { events } = await begin({ version: 0x20 }, { version: '3.0' })
    expect(events.health).to.deep.equal(['needsPerson CMPP_CONNECT_4'])
  })

  it('the test button: over the session, and when the gateway is away', async () => {
    const { link, gateway, events } = await begin()
    expect(await link.check()).to.deep.equal({ ok: true })
    await gateway.close()
    await events.until(() => events.health.includes('down NOT_CONNECTED'))
    expect(await link.check()).to.include({ ok: false, code: 'PROVIDER_UNREACHABLE' })
    await gateway.listen()
  })

  it('a store that is down: nothing is acknowledged, the gateway repeats, nothing is lost', async () => {
    const { gateway, events } = await begin({ repeatMs: 50 })
    events.storeDown = true
    const delivered = gateway.say('13800138000', '10690000', long)
    await events.until(() => events.errors.length >= 3)
    events.storeDown = false
    expect(await delivered).to.deep.equal([0, 0, 0])
    expect(events.messages.map(({ text }) => text)).to.deep.equal([long])
  })

  it('a report that cannot be stored comes again', async () => {
    const { gateway, events, link } = await begin({ repeatMs: 50 })
    events.storeDown = true
    await link.submit(sms('x'))
    await events.until(() => events.errors.length > 0)
    events.storeDown = false
    await events.until(() => events.reports.length > 0)
    expect(events.reports[0]).to.include({ state: 'delivered' })
    expect(gateway.shown).to.have.length(1)
  })

  it('messages are stored in the order they came, though the store is slow with the first', async () => {
    const { gateway, events } = await begin()
    const received = events.received.bind(events)
    let release = () => {}
    const slow = new Promise<void>((resolve) => (release = resolve))
    events.received = async (message) => {
      if (message.text === '一') await slow
      return received(message)
    }
    const all = ['一', '二', '三'].map((text) => gateway.say('13800138000', '1', text))
    await gateway.activeTest()
    release()
    await Promise.all(all)
    expect(events.messages.map(({ text }) => text)).to.deep.equal(['一', '二', '三'])
  })

  it('a gateway that answers no ACTIVE_TEST is left and tried anew', async () => {
    const { gateway, events } = await begin({ alive: false }, { activeTestSeconds: 0.03 })
    let tests = 0
    gateway.on('activeTest', () => tests++)
    await events.until(() => events.health.includes('down NOT_CONNECTED'))
    expect(tests).to.equal(3)
  })

  it('we answer ACTIVE_TEST and TERMINATE', async () => {
    const { gateway, events } = await begin()
    await gateway.activeTest()
    gateway.write(frameOf(2, 78, Buffer.alloc(0)))
    await events.until(() => events.health.includes('down NOT_CONNECTED'))
  })

  for (const [what, bytes] of [
    ['a length of 0', Buffer.alloc(12)],
    ['a length of 4', Buffer.from('000000040000000500000001', 'hex')],
    ['a length of 2 GB', Buffer.from('7fffffff0000000500000001', 'hex')],
    ['an HTTP answer', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ] as const)
    it(`${what} ends the session, and the next one hears again`, async () => {
      const { gateway, events } = await begin()
      gateway.write(bytes)
      await events.until(() => events.health.includes('down NOT_CONNECTED'))
      await events.until(() => events.health.at(-1) === 'ok')
      expect(await gateway.say('13800138000', '1', '在吗')).to.deep.equal([0])
    })

  it('a DELIVER too short is refused, and what follows is heard', async () => {
    const { gateway, events } = await begin()
    gateway.write(frameOf(5, 4711, Buffer.alloc(20)))
    expect(await gateway.say('13800138000', '1', '在吗')).to.deep.equal([0])
    expect(events.health).to.include('warning CMPP_UNREADABLE')
  })

  it('no more SUBMITs are under way than the window allows; the next goes out with an answer', async () => {
    const answers: (() => void)[] = []
    const { gateway, link } = await begin({ result: () => 'later' }, { window: 4 })
    gateway.options.answerLater = (answer) => answers.push(answer)
    const sent = Array.from({ length: 6 }, (_, index) => link.submit(sms(`${index}`)))
    await gateway.activeTest()
    expect(answers).to.have.length(4)
    answers[2]!()
    expect(await sent[2]).to.include({ ok: true })
    await gateway.activeTest()
    expect(answers).to.have.length(5)
    await link.stop()
    const results = await Promise.all(sent)
    const unknown = { ok: false, retry: 'unknown', code: 'NO_ANSWER' }
    expect(results[0]).to.deep.equal(unknown)
    expect(results[5]).to.include({ retry: 'later', code: 'NOT_CONNECTED' })
  })
})
