/** Every channel of a provider there is: a new one is added here and nowhere else. */
import type { AccountKind, ProviderChannel, ProviderContext } from '../channels/provider.ts'
import { directLineKind } from '../channels/directline/account.ts'
import { DirectLine } from '../channels/directline/directline.ts'
import { emailKind } from '../channels/email/account.ts'
import { EmailChannel } from '../channels/email/email.ts'
import { smsKinds } from '../channels/sms/kinds.ts'
import { Sms } from '../channels/sms/sms.ts'
import { wechatKind } from '../channels/wechat/account.ts'
import { Wechat } from '../channels/wechat/wechat.ts'
import { wechatyKind } from '../channels/wechaty/account.ts'
import { WechatyChannel } from '../channels/wechaty/wechaty.ts'
import { wecomKind } from '../channels/wecom/account.ts'
import { Wecom } from '../channels/wecom/wecom.ts'
import { weiboKind } from '../channels/weibo/account.ts'
import { Weibo } from '../channels/weibo/weibo.ts'
import type { Channel } from './domain/conversation.ts'

/** A room of channels/: its kinds of accounts, and how its channel is made. */
export interface ProviderRoom {
  channel: Channel
  kinds: AccountKind[]
  create: (context: ProviderContext<never>) => ProviderChannel
}

export const providerRooms: ProviderRoom[] = [
  {
    channel: 'directline',
    kinds: [directLineKind],
    create: (context) => new DirectLine(context),
  },
  { channel: 'email', kinds: [emailKind], create: (context) => new EmailChannel(context) },
  { channel: 'sms', kinds: smsKinds, create: (context) => new Sms(context) },
  { channel: 'wechat', kinds: [wechatKind], create: (context) => new Wechat(context) },
  { channel: 'wecom', kinds: [wecomKind], create: (context) => new Wecom(context) },
  {
    channel: 'wechaty',
    kinds: [wechatyKind],
    create: (context) => new WechatyChannel(context),
  },
  { channel: 'weibo', kinds: [weiboKind], create: (context) => new Weibo(context) },
]
