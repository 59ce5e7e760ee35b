import { expect } from 'chai'
import { tencentSettings } from '../../../../channels/sms/tencent/account.ts'
import type { TencentSettings } from '../../../../channels/sms/tencent/account.ts'
import { TencentLink } from '../../../../channels/sms/tencent/link.ts'
import type { TencentOptions } from '../../../simulators/tencent-sms.ts'
import { TencentSmsSimulator } from '../../../simulators/tencent-sms.ts'
import type { OpenedDoor } from '../opened-door.ts'
import { openedDoor } from '../opened-door.ts'
import { RecordedEvents } from '../recorded-events.ts'

const callbackToken = 'a-token-of-the-callback'
const notice = {
  messageId: 'm1',
  to: '+8613800138000',
  text: '您的投诉 7 已由景区受理',
  template: { providerId: '1110', params: { number: '7', department: '景区' } },
}

describe('Tencent Cloud SMS', () => {
  let events: RecordedEvents
  let tencent: TencentSmsSimulator
  let link: TencentLink
  let door: OpenedDoor | undefined

  async function begin(
    options: TencentOptions = {},
    settings: Partial<TencentSettings> = {},
  ): Promise<void> {
    events = new RecordedEvents()
    tencent = new TencentSmsSimulator({ now: events.now, waitsMs: [5, 5, 5], ...options })
    const apiBase = await tencent.listen()
    const given = {
      ...{ secretId: 'AKIDtest', secretKey: 'secretKeyOfTest', sdkAppId: '1400006666' },
      ...{ signName: '旅游热线', callbackToken, apiBase },
    }
    const all = { ...tencentSettings.parse(given), ...settings }
    link = new TencentLink(
      { id: 'main', kind: 'tencentSms', name: '', lang: 'zh-CN', settings: all },
      events,
    )
    door = undefined
  }
  const path = async (what: string) => {
    door ??= await openedDoor(link)
    return `${door.url}/${callbackToken}/${what}`
  }
  afterEach(async () => {
    await door?.close()
    await tencent.close()
  })

  it('an approved text goes out with its parameters in order, and is reported', async () => {
    await begin()
    const result = await link.submit(notice)
    const [sms] = tencent.sent
    expect(result).to.deep.equal({ ok: true, state: 'sent', providerIds: [sms!.serialNo] })
    expect(sms).to.include({
      phone: '+8613800138000',
      text: '【旅游热线】您的投诉7已由景区受理',
      sessionContext: 'm1',
    })
    expect(await tencent.report(await path('report'), tencent.sent)).to.deep.equal([200])
    expect(events.reports).to.deep.equal([{ providerId: sms!.serialNo, state: 'delivered' }])
  })

  it('a free text is refused before it goes out', async () => {
    await begin()
    const { template: _, ...free } = notice
    const refusal = { ok: false, retry: 'never', code: 'TEMPLATE_ONLY' }
    expect(await link.submit(free)).to.deep.equal(refusal)
  })

  it('through a proxy: the host the API knows is signed, the service stays sms', async () => {
    await begin({ host: 'sms.tencentcloudapi.com' })
    expect((await link.check()).detail).to.match(/^AuthFailure\.SignatureFailure/)
    await tencent.close()
    await begin({ host: 'sms.tencentcloudapi.com' }, { signedHost: 'sms.tencentcloudapi.com' })
    expect(await link.check()).to.deep.equal({ ok: true })
  })

  it('limits of one telephone and of the account', async () => {
    const codes = [
      'LimitExceeded.PhoneNumberThirtySecondLimit',
      'LimitExceeded.PhoneNumberDailyLimit',
      'LimitExceeded.AppDailyLimit',
      'FailedOperation.PhoneNumberInBlacklist',
      'FailedOperation.InsufficientBalanceInSmsPackage',
    ]
    let times = 0
    await begin({ refuse: () => codes[times++] })
    const results = []
    for (const _ of codes) results.push(await link.submit(notice))
    const [thirty, daily, app, blacklist, balance] = codes
    expect(results).to.deep.equal([
      { ok: false, retry: 'later', afterMs: 30_000, code: thirty },
      { ok: false, retry: 'never', code: daily },
      { ok: false, retry: 'later', pauseAccountMs: 3_600_000, code: app },
      { ok: false, retry: 'never', code: blacklist },
      { ok: false, retry: 'later', pauseAccountMs: 300_000, code: balance },
    ])
    expect(events.health).to.deep.equal([
      'warning LimitExceeded.AppDailyLimit',
      'needsPerson FailedOperation.InsufficientBalanceInSmsPackage',
    ])
  })

  it('the test button', async () => {
    await begin()
    expect(await link.check()).to.deep.equal({ ok: true })
    await tencent.close()
    expect(await link.check()).to.include({ ok: false, code: 'PROVIDER_UNREACHABLE' })
    for (const [options, code] of [
      [{ secretKey: 'another' }, 'PROVIDER_CREDENTIALS'],
      [{ secretId: 'another' }, 'PROVIDER_CREDENTIALS'],
      [{ sdkAppId: '1400000000' }, 'PROVIDER_CREDENTIALS'],
      [{ now: () => 0 }, 'PROVIDER_REFUSED'],
    ] as const) {
      await begin(options)
      expect(await link.check()).to.include({ ok: false, code })
      await tencent.close()
    }
    await tencent.listen()
  })

  it('no answer leaves nobody knowing; a refused connection is tried again', async () => {
    await begin()
    tencent.http.fault = 'hangUp'
    expect(await link.submit(notice)).to.include({ ok: false, retry: 'unknown' })
    await tencent.close()
    expect(await link.submit(notice)).to.include({ ok: false, retry: 'later' })
    await tencent.listen()
  })

  it('a reply comes in once, also when the store was down at first', async () => {
    await begin()
    events.storeDown = true
    const pushed = tencent.reply(await path('up'), '13800138000', '谢谢')
    await events.until(() => events.errors.length > 0)
    events.storeDown = false
    expect((await pushed).at(-1)).to.equal(200)
    await tencent.reply(await path('up'), '13800138000', '谢谢')
    await tencent.reply(await path('up'), '13800138000', '谢谢', 1_457_336_870)
    expect(events.messages.map(({ from, text }) => [from, text])).to.deep.equal(
      Array(2).fill(['+8613800138000', '谢谢']),
    )
  })

  it('a failed delivery is told with the carrier’s code', async () => {
    await begin()
    await link.submit(notice)
    await tencent.report(await path('report'), tencent.sent, 'UNDELIV')
    expect(events.reports[0]).to.include({ state: 'failed', code: 'UNDELIV' })
  })
})
