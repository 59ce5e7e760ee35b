/** A Tencent Cloud SMS account at work: approved texts out, reports and replies in. */
import type { Router } from 'express'
import { normalPhone } from '../../../gateway/domain/phone-number.ts'
import type { SendResult } from '../../channel.ts'
import type { ChannelAccount, CheckResult } from '../../provider.ts'
import type { OutgoingSms, SmsEvents, SmsLink } from '../link.ts'
import type { CallbackRow } from '../unsigned-door.ts'
import { fieldText, fingerprintOf, unsignedDoor } from '../unsigned-door.ts'
import { failedCheck, HOUR_MS, refusedBy, unreachable, unreachableCheck } from '../verdict.ts'
import type { TencentSettings } from './account.ts'
import { callTencent } from './api.ts'
import { tencentVerdict } from './error.ts'

export class TencentLink implements SmsLink {
  readonly templatesOnly = true
  readonly door: Router
  private readonly settings: TencentSettings
  private readonly events: SmsEvents

  constructor({ settings }: ChannelAccount<TencentSettings>, events: SmsEvents) {
    this.settings = settings
    this.events = events
    this.door = unsignedDoor({
      token: settings.callbackToken,
      allowedIps: settings.allowedIps,
      take: {
        up: (rows) => this.takeReplies(rows),
        report: (rows) => this.takeReports(rows),
      },
      taken: { result: 0, errmsg: 'OK' },
      events,
    })
  }

  start(): void {
    // nothing to connect to; the first send or the test button tells how it fares
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  async submit({ to, template, messageId }: OutgoingSms): Promise<SendResult> {
    if (!template) return { ok: false, retry: 'never', code: 'TEMPLATE_ONLY' }
    const { events, settings } = this
    const params = {
      PhoneNumberSet: [to],
      SmsSdkAppId: settings.sdkAppId,
      TemplateId: template.providerId,
      ...(settings.signName && { SignName: settings.signName }),
      // {1}, {2} … in their order
      TemplateParamSet: Object.values(template.params),
      SessionContext: messageId,
    }
    try {
      const response = await callTencent(settings, 'SendSms', params, events.now())
      const [status] = response.SendStatusSet ?? []
      const code = response.Error?.Code ?? status?.Code ?? 'InternalError'
      if (code !== 'Ok') return refusedBy(tencentVerdict(code), code, events)
      events.ok()
      return { ok: true, state: 'sent', providerIds: status ? [status.SerialNo] : [] }
    } catch (error) {
      return unreachable(error, events)
    }
  }

  /** Asks for the figures of the last hour: nothing is sent, and the key and its rights are proven. */
  async check(): Promise<CheckResult> {
    const nowMs = this.events.now()
    const [before, now] = [nowMs - HOUR_MS, nowMs].map(hourInChina)
    const range = { BeginTime: before, EndTime: now, SmsSdkAppId: this.settings.sdkAppId }
    try {
      const params = { ...range, Limit: 0, Offset: 0 }
      const { Error: refusal } = await callTencent(
        this.settings,
        'SendStatusStatistics',
        params,
        nowMs,
      )
      if (!refusal) {
        this.events.ok()
        return { ok: true }
      }
      const detail = `${refusal.Code}: ${refusal.Message}`.slice(0, 300)
      return failedCheck(tencentVerdict(refusal.Code), detail)
    } catch (error) {
      return unreachableCheck(error)
    }
  }

  /** One object a call, without an id: the same words twice in a second are taken for a repeat. */
  private async takeReplies(rows: CallbackRow[]): Promise<void> {
    for (const row of rows) {
      const mobile = fieldText(row, 'mobile')
      if (!mobile) continue
      const number = `+${fieldText(row, 'nationcode') || '86'}${mobile.replace(/^\+/, '')}`
      await this.events.received({
        from: normalPhone(mobile.startsWith('+') ? mobile : number) ?? mobile,
        to: fieldText(row, 'extend'),
        text: fieldText(row, 'text'),
        dedupeKey: fingerprintOf(row, ['nationcode', 'mobile', 'time', 'text', 'extend']),
      })
    }
  }

  private async takeReports(rows: CallbackRow[]): Promise<void> {
    for (const row of rows) {
      const providerId = fieldText(row, 'sid')
      if (!providerId) continue
      const delivered = fieldText(row, 'report_status') === 'SUCCESS'
      await this.events.reported(
        delivered
          ? { providerId, state: 'delivered' }
          : { providerId, state: 'failed', code: fieldText(row, 'errmsg').slice(0, 64) },
      )
    }
  }
}

/** yyyymmddhh */
function hourInChina(ms: number): string {
  return new Date(ms + 8 * HOUR_MS).toISOString().replace(/\D/g, '').slice(0, 10)
}
