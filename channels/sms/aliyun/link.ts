/** An Aliyun SMS account at work: approved texts out, reports and replies in. */
import type { Router } from 'express'
import { normalPhone } from '../../../gateway/domain/phone-number.ts'
import type { SendResult } from '../../channel.ts'
import type { ChannelAccount, CheckResult } from '../../provider.ts'
import type { OutgoingSms, SmsEvents, SmsLink } from '../link.ts'
import type { CallbackRow } from '../unsigned-door.ts'
import { fieldText, fingerprintOf, unsignedDoor } from '../unsigned-door.ts'
import { failedCheck, refusedBy, unreachable, unreachableCheck } from '../verdict.ts'
import type { AliyunSettings } from './account.ts'
import { callAliyun } from './api.ts'
import { aliyunVerdict } from './error.ts'

export class AliyunLink implements SmsLink {
  readonly templatesOnly = true
  readonly door: Router
  private readonly settings: AliyunSettings
  private readonly events: SmsEvents

  constructor({ settings }: ChannelAccount<AliyunSettings>, events: SmsEvents) {
    this.settings = settings
    this.events = events
    this.door = unsignedDoor({
      token: settings.callbackToken,
      allowedIps: settings.allowedIps,
      take: {
        up: (rows) => this.takeReplies(rows),
        report: (rows) => this.takeReports(rows),
      },
      taken: { code: 0, msg: '接收成功' },
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
    try {
      const params = {
        PhoneNumbers: to.replace(/^\+(86)?/, ''),
        SignName: settings.signName,
        TemplateCode: template.providerId,
        TemplateParam: JSON.stringify(template.params),
        OutId: messageId,
      }
      const answer = await callAliyun(settings, 'SendSms', params, events.now())
      const { code, message, status, bizId } = answer
      if (code !== 'OK') return refusedBy(aliyunVerdict(code, message, status), code, events)
      events.ok()
      return { ok: true, state: 'sent', ...(bizId && { providerIds: [bizId] }) }
    } catch (error) {
      return unreachable(error, events)
    }
  }

  /** Asks for the figures of today: nothing is sent, and the key and its rights are proven. */
  async check(): Promise<CheckResult> {
    const nowMs = this.events.now()
    // the day in China
    const today = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
    const range = { IsGlobe: '1', StartDate: today, EndDate: today, PageIndex: '1', PageSize: '1' }
    try {
      const answer = await callAliyun(this.settings, 'QuerySendStatistics', range, nowMs)
      if (answer.code === 'OK') {
        this.events.ok()
        return { ok: true }
      }
      const { code, message, status } = answer
      return failedCheck(aliyunVerdict(code, message, status), `${code}: ${message}`.slice(0, 300))
    } catch (error) {
      return unreachableCheck(error)
    }
  }

  private async takeReplies(rows: CallbackRow[]): Promise<void> {
    for (const row of rows) {
      const phone = fieldText(row, 'phone_number')
      if (!phone) continue
      await this.events.received({
        from: normalPhone(phone) ?? phone,
        to: fieldText(row, 'dest_code'),
        text: fieldText(row, 'content'),
        dedupeKey: fingerprintOf(row, ['sequence_id', 'phone_number', 'send_time', 'content']),
      })
    }
  }

  /** They come more than once and out of order; whoever takes them knows what came before. */
  private async takeReports(rows: CallbackRow[]): Promise<void> {
    for (const row of rows) {
      const providerId = fieldText(row, 'biz_id')
      if (!providerId) continue
      const delivered = row.success === true || row.success === 'true'
      await this.events.reported(
        delivered
          ? { providerId, state: 'delivered' }
          : { providerId, state: 'failed', code: fieldText(row, 'err_code').slice(0, 64) },
      )
    }
  }
}
