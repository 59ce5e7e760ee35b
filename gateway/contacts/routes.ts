import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Contact, MergeEvent } from '../domain/contact.ts'
import { fail } from '../errors.ts'
import { containing } from './containing.ts'
import type { Contacts } from './contacts.ts'
import { ContactModel, MergeModel } from './model.ts'
import {
  contactSummaryView,
  contactView,
  listContactsQuery,
  mergeContactBody,
  mergeView,
  updateContactBody,
} from './schema.ts'
import type { ContactSummaryView, ContactView } from './schema.ts'

export function contactRoutes(contacts: Contacts): Route[] {
  const view = async (contact: Contact): Promise<ContactView> => {
    const [identities, merges] = await Promise.all([
      contacts.identities(contact._id),
      MergeModel.find({ winnerId: contact._id, undoneAt: { $exists: false } })
        .sort({ at: -1 })
        .lean<MergeEvent[]>(),
    ])
    return {
      ...summary(contact),
      ...(contact.lang && { lang: contact.lang }),
      ...(contact.notes && { notes: contact.notes }),
      version: contact.version,
      identities: identities.map(({ _id, kind, scope, value, assurance }) => ({
        id: _id,
        kind,
        scope,
        value,
        assurance,
      })),
      merges: merges.map(({ _id, loserId, at, by }) => ({
        id: _id,
        loserId,
        atMs: at.getTime(),
        by,
      })),
    }
  }
  return [
    route({
      method: 'get',
      path: '/contacts',
      tag: 'Contacts',
      summary: 'By name, phone or e-mail; without q the latest',
      access: 'readTickets',
      query: listContactsQuery,
      answers: items(contactSummaryView),
      async handle({ query }) {
        const words = query.q?.trim()
        const pattern = words && containing(words)
        const found = await ContactModel.find({
          mergedInto: { $exists: false },
          ...(pattern && { $or: [{ name: pattern }, { phone: pattern }, { email: pattern }] }),
        })
          .sort({ updatedAt: -1 })
          .limit(query.limit)
          .lean<Contact[]>()
        return { items: found.map(summary) }
      },
    }),
    route({
      method: 'get',
      path: '/contacts/:id',
      tag: 'Contacts',
      summary: 'One contact with identities; a merged one answers what it merged into',
      access: 'readTickets',
      answers: contactView,
      handle: async ({ params }) => view((await contacts.get(params.id!)) ?? fail('NOT_FOUND')),
    }),
    route({
      method: 'patch',
      path: '/contacts/:id',
      tag: 'Contacts',
      summary: 'Change what we know of a contact',
      access: 'serve',
      body: updateContactBody,
      answers: contactView,
      async handle({ params, body }) {
        const { version, ...fields } = body
        return view(await contacts.update(params.id!, version, fields))
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/merge',
      tag: 'Contacts',
      summary: 'Merge another contact into this one; can be undone',
      access: 'serve',
      body: mergeContactBody,
      answers: mergeView,
      async handle({ params, body, member }) {
        const event = await contacts.merge(params.id!, body.loserId, member._id)
        return { mergeId: event._id }
      },
    }),
    route({
      method: 'post',
      path: '/merges/:id/undo',
      tag: 'Contacts',
      summary: 'Part what a merge joined',
      access: 'serve',
      body: z.object({}),
      answers: mergeView,
      handle: async ({ params }) => ({ mergeId: (await contacts.undo(params.id!))._id }),
    }),
  ]
}

function summary(contact: Contact): ContactSummaryView {
  const { _id, name, phone, email, vip, createdAt } = contact
  return {
    id: _id,
    vip,
    createdAtMs: createdAt.getTime(),
    ...(name && { name }),
    ...(phone && { phone }),
    ...(email && { email }),
  }
}
