/** The kinds of SMS accounts: direct to a carrier first, then providers of the day. */
import type { AccountKind } from '../provider.ts'
import { aliyunKind } from './aliyun/account.ts'
import { cmppKind } from './cmpp/account.ts'
import { smppKind } from './smpp/account.ts'
import { tencentKind } from './tencent/account.ts'
import { twilioKind } from './twilio/account.ts'

export const smsKinds: AccountKind[] = [
  ...[cmppKind, smppKind],
  ...[aliyunKind, tencentKind, twilioKind],
]
