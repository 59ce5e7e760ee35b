/** A Twilio account at work. */
import type { Router } from 'express'
import type { SendResult } from '../../channel.ts'
import { cutText, utf16Chars } from '../../cut-text.ts'
import type { ChannelAccount, CheckResult, FetchedMedia } from '../../provider.ts'
import type { OutgoingSms, SmsEvents, SmsLink } from '../link.ts'
import { failedCheck, refusedBy, unreachable, unreachableCheck } from '../verdict.ts'
import type { TwilioSettings } from './account.ts'
import { RETRY_FRAGMENT } from './account.ts'
import { fetchAccount, fetchPicture, sendMessage } from './api.ts'
import { TwilioCatchUp } from './catch-up.ts'
import { twilioDoor } from './door.ts'
import { twilioVerdict } from './error.ts'

/** Error 21617 beyond. */
const MAX_BODY_CHARS = 1600

export class TwilioLink implements SmsLink {
  readonly door: Router
  private readonly settings: TwilioSettings
  private readonly events: SmsEvents
  private readonly catchUp: TwilioCatchUp

  constructor({ settings }: ChannelAccount<TwilioSettings>, events: SmsEvents) {
    this.settings = settings
    this.events = events
    this.door = twilioDoor(settings.authToken, events)
    this.catchUp = new TwilioCatchUp(settings, events)
  }

  start(): void {
    this.catchUp.start()
  }

  stop(): Promise<void> {
    return this.catchUp.stop()
  }

  async submit({ to, text, template, sentPieces: before = 0 }: OutgoingSms): Promise<SendResult> {
    const { events } = this
    const bodies = template?.providerId.startsWith('HX')
      ? [{ ContentSid: template.providerId, ContentVariables: JSON.stringify(template.params) }]
      : cutText(text, MAX_BODY_CHARS, utf16Chars).map((Body) => ({ Body }))
    let sentPieces = before
    const providerIds: string[] = []
    const taken = () => (sentPieces ? { sentPieces, providerIds } : {})
    for (const body of bodies.slice(before)) {
      try {
        const { status, sid, code, retryAfterSeconds } = await sendMessage(this.settings, {
          ...{ To: to, ...this.sender(), ...body },
          ...(events.callbackUrl && {
            StatusCallback: `${events.callbackUrl}/status${RETRY_FRAGMENT}`,
          }),
        })
        if (status >= 300 || !sid) {
          const verdict = twilioVerdict(status, code, retryAfterSeconds)
          return { ...refusedBy(verdict, String(code ?? `HTTP_${status}`), events), ...taken() }
        }
        sentPieces++
        providerIds.push(sid)
      } catch (error) {
        return { ...unreachable(error, events), ...taken() }
      }
    }
    events.ok()
    return { ok: true, state: 'sent', providerIds }
  }

  async check(): Promise<CheckResult> {
    try {
      const { status, code, message, retryAfterSeconds } = await fetchAccount(this.settings)
      if (status === 200) {
        this.events.ok()
        return { ok: true }
      }
      const detail = `${code ?? `HTTP ${status}`}: ${message ?? ''}`.slice(0, 300)
      return failedCheck(twilioVerdict(status, code, retryAfterSeconds), detail)
    } catch (error) {
      return unreachableCheck(error)
    }
  }

  fetchMedia(ref: string): Promise<FetchedMedia> {
    return fetchPicture(this.settings, ref, this.events.fetchOutside)
  }

  private sender(): Record<string, string> {
    const { sender } = this.settings
    return sender.startsWith('MG') ? { MessagingServiceSid: sender } : { From: sender }
  }
}
