/** How the link of each kind of SMS account is made. */
import type { AliyunSettings } from './aliyun/account.ts'
import { AliyunLink } from './aliyun/link.ts'
import type { CmppSettings } from './cmpp/account.ts'
import { CmppLink } from './cmpp/link.ts'
import type { SmsLinkMaker } from './link.ts'
import type { SmppSettings } from './smpp/account.ts'
import { SmppLink } from './smpp/link.ts'
import type { TencentSettings } from './tencent/account.ts'
import { TencentLink } from './tencent/link.ts'
import type { TwilioSettings } from './twilio/account.ts'
import { TwilioLink } from './twilio/link.ts'

export const smsLinks: Record<string, SmsLinkMaker<never>> = {
  aliyunSms: ((account, events) =>
    new AliyunLink(account, events)) satisfies SmsLinkMaker<AliyunSettings>,
  cmpp: ((account, events) => new CmppLink(account, events)) satisfies SmsLinkMaker<CmppSettings>,
  smpp: ((account, events) => new SmppLink(account, events)) satisfies SmsLinkMaker<SmppSettings>,
  tencentSms: ((account, events) =>
    new TencentLink(account, events)) satisfies SmsLinkMaker<TencentSettings>,
  twilioSms: ((account, events) =>
    new TwilioLink(account, events)) satisfies SmsLinkMaker<TwilioSettings>,
}
