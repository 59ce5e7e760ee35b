import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Contact, MergeEvent } from '../domain/contact.ts'
import { normalPhone } from '../domain/phone-number.ts'
import { fail } from '../errors.ts'
import { containing } from './containing.ts'
import type { Contacts } from './contacts.ts'
import { ContactModel, MergeModel } from './model.ts'
import type { OneTimeCodes } from './one-time-codes.ts'
import {
  codeSentView,
  contactSummaryView,
  contactView,
  dismissBody,
  listContactsQuery,
  mergeContactBody,
  mergeView,
  provenView,
  requestCodeBody,
  suggestionView,
  timelineQuery,
  timelineView,
  updateContactBody,
  verifyCodeBody,
} from './schema.ts'
import type { ContactSummaryView, ContactView } from './schema.ts'
import { Suggestions } from './suggestions.ts'
import { Timeline } from './timeline.ts'

export interface ContactRoutesOptions {
  contacts: Contacts
  codes: OneTimeCodes
  now: () => number
}

export function contactRoutes({ contacts, codes, now }: ContactRoutesOptions): Route[] {
  const timeline = new Timeline(contacts)
  const suggestions = new Suggestions(contacts, now)
  const find = async (id: string) => (await contacts.get(id)) ?? fail('NOT_FOUND')
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
      merges: merges.map(({ _id, loserId, at, by, rule }) => ({
        id: _id,
        loserId,
        atMs: at.getTime(),
        by,
        rule,
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
          ...(pattern && {
            $or: [{ name: pattern }, { phone: phonePattern(words) }, { email: pattern }],
          }),
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
        const phone = fields.phone && (normalPhone(fields.phone) ?? fields.phone)
        const changed = { ...fields, ...(phone && { phone }) }
        return view(await contacts.update(params.id!, version, changed))
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
      method: 'get',
      path: '/contacts/:id/timeline',
      tag: 'Contacts',
      summary: 'All that happened on every channel, newest first; `next` turns the page',
      access: 'readTickets',
      query: timelineQuery,
      answers: timelineView,
      handle: async ({ params, query }) => timeline.page((await find(params.id!))._id, query),
    }),
    route({
      method: 'get',
      path: '/contacts/:id/suggestions',
      tag: 'Contacts',
      summary: 'Who else this may be, with reasons; an agent decides',
      access: 'readTickets',
      answers: items(suggestionView),
      async handle({ params }) {
        const found = await suggestions.of((await find(params.id!))._id)
        const views = await Promise.all(
          found.map(async ({ otherId, reasons, strength }) => {
            const other = await contacts.get(otherId)
            return other && { other: summary(other), reasons, strength }
          }),
        )
        return { items: views.filter((each) => each !== undefined) }
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/suggestions/dismiss',
      tag: 'Contacts',
      summary: 'They are two people, for all that speaks against it now',
      access: 'serve',
      body: dismissBody,
      answers: z.object({}),
      async handle({ params, body, member }) {
        await suggestions.dismiss((await find(params.id!))._id, body.otherId, member._id)
        return {}
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/codes',
      tag: 'Contacts',
      summary: 'Send a one-time code to a number, to be read out by the contact',
      access: 'serve',
      body: requestCodeBody,
      answers: codeSentView,
      async handle({ params, body }) {
        const contact = await find(params.id!)
        return codes.request(contact._id, body.phone, {
          lang: body.lang ?? contact.lang ?? 'zh-CN',
        })
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/codes/verify',
      tag: 'Contacts',
      summary: 'The code as the contact read it out; merges with who has proven the number before',
      access: 'serve',
      body: verifyCodeBody,
      answers: provenView,
      async handle({ params, body, member }) {
        const { _id } = await find(params.id!)
        const verified = await codes.verify(_id, body.phone, body.code, member._id)
        switch (verified.state) {
          case 'proven':
            return { contactId: verified.contactId, phone: verified.phone }
          case 'wrong':
            return fail('CODE_WRONG', { triesLeft: verified.triesLeft })
          case 'expired':
            return fail('CODE_EXPIRED')
          case 'tooMany':
            return fail('CODE_TRIES')
        }
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
      handle: async ({ params, member }) => ({
        mergeId: (await contacts.undo(params.id!, member._id))._id,
      }),
    }),
  ]
}

/** However the number was typed, in part or in full. */
const phonePattern = (words: string) =>
  containing(normalPhone(words) ?? words.replace(/[\s()-]/g, ''))

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
