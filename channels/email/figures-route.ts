/** What became of the mail of an account: how much was taken, and what was left out, and why. */
import { z } from 'zod'
import type { Route } from '../../gateway/api/route.ts'
import { route } from '../../gateway/api/route.ts'
import { fail } from '../../gateway/errors.ts'
import type { ProviderContext } from '../provider.ts'
import type { EmailSettings } from './account.ts'
import type { MailFigures } from './incoming-mail.ts'

const figures = z.object({
  taken: z.number(),
  /** automatic answers and notices */
  auto: z.number(),
  list: z.number(),
  bounce: z.number(),
  /** from our own address */
  own: z.number(),
  noSender: z.number(),
  unreadable: z.number(),
})

export function figuresRoute({ accounts, state }: ProviderContext<EmailSettings>): Route {
  return route({
    method: 'get',
    path: '/accounts/:id/mail-figures',
    tag: 'Accounts',
    summary:
      'Of a mailbox: how much mail was taken since it was set up, and how much was left out, by reason',
    access: 'manageAccounts',
    answers: figures,
    async handle({ params }) {
      const account = accounts.get(params.id!) ?? fail('NOT_FOUND')
      const none = { taken: 0, auto: 0, list: 0, bounce: 0, own: 0, noSender: 0, unreadable: 0 }
      return { ...none, ...(await state.get<MailFigures>(account.id, 'figures')) }
    },
  })
}
