import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { fail } from '../errors.ts'
import { MailboxModel, VoicemailModel } from './model.ts'
import type { MailboxView } from './schema.ts'
import { createMailboxBody, mailboxView, updateMailboxBody } from './schema.ts'
import type { Mailbox } from './voicemail.ts'
import type { Voicemails } from './voicemails.ts'

export function mailboxRoutes(voicemails: Voicemails): Route[] {
  return [
    route({
      method: 'get',
      path: '/mailboxes',
      tag: 'Voicemail',
      summary: 'The mailboxes one sees; all of them for who may change them',
      access: 'session',
      answers: items(mailboxView),
      handle: async ({ member }) => ({ items: (await voicemails.visibleTo(member)).map(view) }),
    }),
    route({
      method: 'post',
      path: '/mailboxes',
      tag: 'Voicemail',
      summary: 'Add a mailbox for flows to take messages in',
      access: 'manageRouting',
      body: createMailboxBody,
      answers: mailboxView,
      async handle({ body: { id, ...fields } }) {
        const mailbox: Mailbox = { ...fields, _id: id, version: 1 }
        try {
          await MailboxModel.create(mailbox)
        } catch (error) {
          if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'id' })
          throw error
        }
        return view(mailbox)
      },
    }),
    route({
      method: 'patch',
      path: '/mailboxes/:id',
      tag: 'Voicemail',
      summary: 'Change its name, or who sees it',
      access: 'manageRouting',
      body: updateMailboxBody,
      answers: mailboxView,
      async handle({ params, body: { version, ...fields } }) {
        const mailbox = await MailboxModel.findOneAndUpdate(
          { _id: params.id, version },
          { $set: fields, $inc: { version: 1 } },
          { returnDocument: 'after' },
        ).lean<Mailbox>()
        if (!mailbox)
          fail((await MailboxModel.exists({ _id: params.id })) ? 'CONFLICT' : 'NOT_FOUND')
        return view(mailbox)
      },
    }),
    route({
      method: 'delete',
      path: '/mailboxes/:id',
      tag: 'Voicemail',
      summary: 'Remove a mailbox nothing was left in',
      access: 'manageRouting',
      async handle({ params }) {
        if (await VoicemailModel.exists({ mailbox: params.id })) fail('IN_USE')
        const { deletedCount } = await MailboxModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
      },
    }),
  ]
}

function view({ _id, ...fields }: Mailbox): MailboxView {
  return { id: _id, ...fields }
}
