/** The kinds of SMS accounts: direct to a carrier first, then providers of the day. */
import type { AccountKind } from '../provider.ts'
import { aliyunAccount } from './aliyun/account.ts'
import { cmppAccount } from './cmpp/account.ts'
import { smppAccount } from './smpp/account.ts'
import { tencentAccount } from './tencent/account.ts'
import { twilioAccount } from './twilio/account.ts'

export const smsAccounts: AccountKind[] = [
  ...[cmppAccount, smppAccount],
  ...[aliyunAccount, tencentAccount, twilioAccount],
]
