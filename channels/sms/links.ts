/** How the link of each kind of SMS account is made. */
import type { CmppSettings } from './cmpp/account.ts'
import { CmppLink } from './cmpp/link.ts'
import type { SmsLinkMaker } from './link.ts'

export const smsLinks: Record<string, SmsLinkMaker<never>> = {
  cmpp: ((account, events) => new CmppLink(account, events)) satisfies SmsLinkMaker<CmppSettings>,
}
