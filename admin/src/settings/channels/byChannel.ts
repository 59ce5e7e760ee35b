import type { AccountView } from '../../../../gateway/accounts/schema.ts'

type Channel = AccountView['channel']

/** As tourists meet them: the telephone and the web first, then where they write. */
const order: Channel[] = [
  'voice',
  'webchat',
  'wechat',
  'wecom',
  'wechaty',
  'weibo',
  'sms',
  'email',
  'directline',
]

/** Accounts under their channels, by name. Pure. */
export function byChannel(accounts: AccountView[]): [Channel, AccountView[]][] {
  return order.flatMap((channel) => {
    const members = accounts.filter((account) => account.channel === channel)
    if (members.length === 0) return []
    return [
      [channel, members.sort((a, b) => a.name.localeCompare(b.name))] as [Channel, AccountView[]],
    ]
  })
}
