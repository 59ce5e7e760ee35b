import { expect } from 'chai'
import { aliyunSettings } from '../../../../channels/sms/aliyun/account.ts'
import type { AliyunSettings } from '../../../../channels/sms/aliyun/account.ts'
import { AliyunLink } from '../../../../channels/sms/aliyun/link.ts'
import type { AliyunOptions } from '../../../simulators/aliyun-sms.ts'
import { AliyunSmsSimulator } from '../../../simulators/aliyun-sms.ts'
import type { OpenedDoor } from '../opened-door.ts'
import { openedDoor } from '../opened-door.ts'
import { RecordedEvents } from '../recorded-events.ts'

const callbackToken = 'a-token-of-the-callback'
const notice = {
  messageId: 'm1',
  to: '+8613800138000',
  text: '您的投诉20261122001已受理',
  template: { providerId: 'SMS_1', params: { number: '20261122001' } },
}

describe('Aliyun SMS', () => {
  let events: RecordedEvents
  let aliyun: AliyunSmsSimulator
  let link: AliyunLink
  let door: OpenedDoor | undefined

  async function begin(
    options: AliyunOptions = {},
    settings: Partial<AliyunSettings> = {},
  ): Promise<void> {
    events = new RecordedEvents()
    aliyun = new AliyunSmsSimulator({ now: events.now, waitsMs: [5, 5, 5], ...options })
    const apiBase = await aliyun.listen()
    const given = { accessKeyId: 'testId', accessKeySecret: 'testSecret', signName: '旅游热线' }
    const all = { ...aliyunSettings.parse({ ...given, callbackToken, apiBase }), ...settings }
    link = new AliyunLink(
      { id: 'main', kind: 'aliyunSms', name: '', lang: 'zh-CN', settings: all },
      events,
    )
    door = undefined
  }
  const path = async (what: string, token = callbackToken) => {
    door ??= await openedDoor(link)
    return `${door.url}/${token}/${what}`
  }
  afterEach(async () => {
    await door?.close()
    await aliyun.close()
  })

  for (const signatureVersion of ['acs3', 'rpc1'] as const)
    it(`an approved text goes out, signed with ${signatureVersion}, and is reported`, async () => {
      await begin({}, { signatureVersion })
      const result = await link.submit(notice)
      const [sms] = aliyun.sent
      expect(result).to.deep.equal({ ok: true, state: 'sent', providerIds: [sms!.bizId] })
      expect(sms).to.include({
        phone: '13800138000',
        text: '【旅游热线】您的投诉20261122001已受理',
        outId: 'm1',
      })
      expect(await aliyun.report(await path('report'), [sms!])).to.deep.equal([200])
      expect(events.reports).to.deep.equal([{ providerId: sms!.bizId, state: 'delivered' }])
      expect(events.health).to.deep.equal(['ok'])
    })

  it('parameters with every kind of character are signed as they are sent', async () => {
    await begin({ templates: { SMS_1: '${number}' } })
    const number = 'A+B /&=*~%25(中文)“”\'"!😀'
    await link.submit({ ...notice, template: { providerId: 'SMS_1', params: { number } } })
    expect(aliyun.sent[0]!.params).to.deep.equal({ number })
  })

  it('a free text is refused before it goes out', async () => {
    await begin()
    const { template: _, ...free } = notice
    expect(link.templatesOnly).to.equal(true)
    const refusal = { ok: false, retry: 'never', code: 'TEMPLATE_ONLY' }
    expect(await link.submit(free)).to.deep.equal(refusal)
    expect(aliyun.sent).to.deep.equal([])
  })

  it('a telephone’s limit holds back this message, not the account', async () => {
    const levels = ['触发分钟级流控Permits:1', '触发小时级流控Permits:5', '触发天级流控Permits:10']
    let times = 0
    await begin({ refuse: () => ['isv.BUSINESS_LIMIT_CONTROL', levels[times++]!] })
    const code = 'isv.BUSINESS_LIMIT_CONTROL'
    const later = { ok: false, retry: 'later', code }
    expect(await link.submit(notice)).to.deep.equal({ ...later, afterMs: 60_000 })
    expect(await link.submit(notice)).to.deep.equal({ ...later, afterMs: 3_600_000 })
    expect(await link.submit(notice)).to.deep.equal({ ok: false, retry: 'never', code })
    expect(events.health).to.deep.equal([])
  })

  it('the account’s own limit and an empty purse hold back all of it', async () => {
    const codes = ['isv.DAY_LIMIT_CONTROL', 'isv.AMOUNT_NOT_ENOUGH', 'Throttling.User']
    let times = 0
    await begin({ refuse: () => [codes[times++]!, ''] })
    const pauses = [3_600_000, 300_000, 1000]
    for (const [index, code] of codes.entries())
      expect(await link.submit(notice)).to.deep.equal({
        ...{ ok: false, retry: 'later', code, pauseAccountMs: pauses[index] },
      })
    expect(events.health[1]).to.equal('needsPerson isv.AMOUNT_NOT_ENOUGH')
  })

  it('a wrong template, number or parameter is final', async () => {
    await begin()
    const of = (template: object, to = notice.to) =>
      link.submit({ ...notice, to, template: { ...notice.template, ...template } })
    const never = { ok: false, retry: 'never' }
    const template = await of({ providerId: 'SMS_9' })
    expect(template).to.deep.equal({ ...never, code: 'isv.SMS_TEMPLATE_ILLEGAL' })
    const missing = await of({ params: {} })
    expect(missing).to.deep.equal({ ...never, code: 'isv.TEMPLATE_MISSING_PARAMETERS' })
    expect(await of({}, '+861')).to.deep.equal({ ...never, code: 'isv.MOBILE_NUMBER_ILLEGAL' })
    expect(events.health).to.deep.equal(['warning isv.SMS_TEMPLATE_ILLEGAL'])
  })

  it('the test button tells a wrong secret, a clock that is off, and a dead address apart', async () => {
    await begin()
    expect(await link.check()).to.deep.equal({ ok: true })
    await aliyun.close()
    expect(await link.check()).to.deep.include({ ok: false, code: 'PROVIDER_UNREACHABLE' })
    await begin({ accessKeySecret: 'another' })
    const wrong = await link.check()
    expect(wrong).to.include({ ok: false, code: 'PROVIDER_CREDENTIALS' })
    expect(wrong.detail).to.match(/^SignatureDoesNotMatch/)
    await aliyun.close()
    await begin({ now: () => Date.UTC(2020, 0, 1) })
    expect((await link.check()).detail).to.match(/^InvalidTimeStamp\.Expired/)
  })

  it('a connection that falls after the request leaves nobody knowing', async () => {
    await begin()
    aliyun.http.fault = 'hangUp'
    const unknown = { ok: false, retry: 'unknown', code: 'PROVIDER_UNREACHABLE' }
    expect(await link.submit(notice)).to.deep.equal(unknown)
    aliyun.http.fault = { status: 502, body: '<html>Bad Gateway</html>' }
    expect(await link.submit(notice)).to.deep.equal(unknown)
    expect(events.health).to.include('down PROVIDER_UNREACHABLE')
  })

  it('through a proxy that writes its own Host the name given is signed', async () => {
    await begin({}, { signedHost: 'dysmsapi.aliyuncs.com' })
    const refused = await link.check()
    // the simulator sees the host of the loopback: the name signed is the other one
    expect(refused.detail).to.match(/^SignatureDoesNotMatch/)
  })

  it('a reply comes in, once, however often it is pushed', async () => {
    await begin()
    const row = { sequence_id: '77', send_time: '2026-11-22 12:00:00' }
    for (let time = 0; time < 2; time++)
      expect(await aliyun.reply(await path('up'), '13800138000', '谢谢', row)).to.deep.equal([200])
    await aliyun.reply(await path('up'), '13800138000', '谢谢', { ...row, sequence_id: '78' })
    const told = events.messages.map(({ from, to, text }) => [from, to, text])
    expect(told).to.deep.equal(Array(2).fill(['+8613800138000', '1234', '谢谢']))
  })

  it('ids as numbers, and several rows in a push', async () => {
    await begin()
    const rows = [1, 2].map((id) => ({
      phone_number: '13800138000',
      content: `${id}`,
      sequence_id: id,
    }))
    expect(await aliyun.push(await path('up'), rows)).to.deep.equal([200])
    expect(events.messages.map(({ text }) => text)).to.deep.equal(['1', '2'])
  })

  it('a failed delivery is told with the carrier’s code', async () => {
    await begin()
    await link.submit(notice)
    await aliyun.report(await path('report'), aliyun.sent, 'MK:0008')
    expect(events.reports[0]).to.include({ state: 'failed', code: 'MK:0008' })
  })

  it('while the store is down Aliyun is told to come again, and nothing is lost', async () => {
    await begin()
    events.storeDown = true
    const pushed = aliyun.reply(await path('up'), '13800138000', '在吗')
    await events.until(() => events.errors.length > 0)
    events.storeDown = false
    const statuses = await pushed
    expect(statuses[0]).to.equal(503)
    expect(statuses.at(-1)).to.equal(200)
    expect(events.messages).to.have.length(1)
  })

  it('who does not know the secret part of the address is told that there is nothing', async () => {
    await begin()
    const statuses = async (url: string) =>
      (await fetch(url, { method: 'POST', body: '[]' })).status
    expect(await statuses(await path('up', 'another-token-of-callback'))).to.equal(404)
    expect(await statuses(await path('constructor'))).to.equal(404)
    expect(await statuses(await path('up'))).to.equal(200)
  })

  it('only the addresses given may call', async () => {
    await begin({}, { allowedIps: '192.0.2.1, 192.0.2.2' })
    const refused = await fetch(await path('up'), { method: 'POST', body: '[]' })
    expect(refused.status).to.equal(403)
    expect(events.health).to.deep.equal(['warning CALLBACK_IP'])
    await door!.close()
    await aliyun.close()
    await begin({}, { allowedIps: '192.0.2.1，127.0.0.1' })
    const taken = await fetch(await path('up'), { method: 'POST', body: '[]' })
    expect(taken.status).to.equal(200)
  })

  it('what cannot be read or is too large is refused', async () => {
    await begin()
    const post = async (body: string) =>
      (await fetch(await path('up'), { method: 'POST', body })).status
    expect(await post('{"a":')).to.equal(400)
    expect(await post('[1]')).to.equal(400)
    expect(await post(JSON.stringify(Array(1001).fill({})))).to.equal(400)
    expect(await post(`["${'x'.repeat(600_000)}"]`)).to.equal(413)
    expect(events.messages).to.deep.equal([])
  })
})
