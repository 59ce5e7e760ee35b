/** One-time codes go out as short messages, over the accounts of the installation. */
import type { ChannelAdapter } from '../channels/channel.ts'
import type { Templates } from './accounts/templates.ts'
import { codeText } from './contacts/code-text.ts'
import type { SendCode } from './contacts/one-time-codes.ts'
import type { Message, Part } from './domain/message.ts'
import { fail } from './errors.ts'
import type { Account } from './intake/model.ts'
import { AccountModel } from './intake/model.ts'
import { newId } from './store/id.ts'

/** The approved text an account that sends nothing else must have under this name. */
export const CODE_TEMPLATE = 'otp'
const VALID_MINUTES = '5'

export interface CodeSenderOptions {
  adapter: () => ChannelAdapter | undefined
  templates: Pick<Templates, 'byName' | 'fill'>
  now: () => number
}

/** Tries one enabled account of short messages after the other; those in the contact's language first. */
export function codeSender({ adapter, templates, now }: CodeSenderOptions): SendCode {
  const partOf = async (accountId: string, code: string, lang: string): Promise<Part> => {
    const template = await templates.byName(accountId, CODE_TEMPLATE)
    if (!template) return { type: 'text', text: codeText(code, lang) }
    // approved texts have a place for the code, and some for the minutes it counts
    const params = template.params.map(({ key }, index) => [key, index ? VALID_MINUTES : code])
    return templates.fill(template._id, Object.fromEntries(params) as Record<string, string>)
  }
  return async (phone, code, lang) => {
    const sms = adapter()
    const accounts = sms
      ? await AccountModel.find({ channel: 'sms', enabled: true })
          .sort({ _id: 1 })
          .lean<Account[]>()
      : []
    if (!sms || accounts.length === 0) return fail('NO_SMS_ACCOUNT')
    const speaks = (account: Account) => (account.lang.slice(0, 2) === lang.slice(0, 2) ? 0 : 1)
    const refusals: string[] = []
    for (const { _id: accountId } of accounts.toSorted((a, b) => speaks(a) - speaks(b))) {
      const message: Message = {
        _id: newId(),
        conversationId: '',
        seq: 0,
        direction: 'out',
        author: { kind: 'system', id: 'codes' },
        parts: [await partOf(accountId, code, lang)],
        at: new Date(now()),
      }
      const leg = { id: 'code', accountId, threadKey: phone, channel: 'sms' as const }
      const sent = await sms.send({ message, leg })
      if (sent.ok || sent.retry === 'unknown') return
      refusals.push(sent.code)
    }
    fail('CODE_NOT_SENT', { refusals })
  }
}
