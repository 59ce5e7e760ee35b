import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Contacts } from '../contacts/contacts.ts'
import { containing } from '../contacts/containing.ts'
import type { Ticket, TicketEntry } from '../domain/ticket.ts'
import { normaliseSerial } from '../domain/ticket.ts'
import type { StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { TicketKind } from './model.ts'
import { TicketKindModel, TicketModel } from './model.ts'
import {
  createTicketBody,
  listTicketsQuery,
  ticketKindView,
  ticketView,
  updateTicketBody,
} from './schema.ts'
import type { TicketKindView, TicketView } from './schema.ts'
import type { Tickets } from './tickets.ts'

export function ticketRoutes(tickets: Tickets, contacts: Contacts): Route[] {
  const view = async (ticket: Ticket): Promise<TicketView> => {
    const contact = await contacts.get(ticket.contactId)
    const { _id, log, dueAt, createdAt, updatedAt, key: _key, ...rest } = ticket
    return {
      ...rest,
      id: _id,
      log: log.map(({ at, by, status, reply, note }) => ({
        atMs: at.getTime(),
        by,
        ...(status && { status }),
        ...(reply && { reply }),
        ...(note && { note }),
      })),
      createdAtMs: createdAt.getTime(),
      updatedAtMs: updatedAt.getTime(),
      ...(dueAt && { dueAtMs: dueAt.getTime() }),
      ...(contact?.name && { contactName: contact.name }),
    }
  }
  return [
    route({
      method: 'get',
      path: '/tickets',
      tag: 'Tickets',
      summary: "Newest first; q finds by serial number, words of the title or the contact's name",
      access: 'readTickets',
      query: listTicketsQuery,
      answers: items(ticketView),
      async handle({ query }) {
        const { q, status, kind, contactId, beforeMs, limit } = query
        const found = await TicketModel.find({
          ...(status && { status }),
          ...(kind && { kind }),
          ...(contactId && { contactId }),
          ...(beforeMs && { createdAt: { $lt: new Date(beforeMs) } }),
          ...(q && {
            $or: [
              { serial: normaliseSerial(q) },
              { title: containing(q) },
              { contactId: { $in: await contacts.idsByName(q) } },
            ],
          }),
        })
          .sort({ createdAt: -1 })
          .limit(limit)
          .lean<Ticket[]>()
        return { items: await Promise.all(found.map(view)) }
      },
    }),
    route({
      method: 'post',
      path: '/tickets',
      tag: 'Tickets',
      summary: 'Register a ticket for a contact',
      access: 'manageTickets',
      body: createTicketBody,
      answers: ticketView,
      async handle({ body, member }) {
        const contact = (await contacts.get(body.contactId)) ?? fail('NOT_FOUND')
        if (!(await TicketKindModel.exists({ _id: body.kind })))
          fail('BAD_REQUEST', { where: 'kind' })
        const ticket = await tickets.create({
          ...body,
          contactId: contact._id,
          key: `desk:${member._id}:${body.key ?? newId()}`,
          channel: 'desk',
          by: author(member),
        })
        return view(ticket)
      },
    }),
    route({
      method: 'get',
      path: '/tickets/:id',
      tag: 'Tickets',
      summary: 'One ticket by id or serial number',
      access: 'readTickets',
      answers: ticketView,
      handle: async ({ params }) => view((await tickets.find(params.id!)) ?? fail('NOT_FOUND')),
    }),
    route({
      method: 'patch',
      path: '/tickets/:id',
      tag: 'Tickets',
      summary: 'Change status, department, assignee or title; add a reply or a note',
      access: 'manageTickets',
      body: updateTicketBody,
      answers: ticketView,
      handle: async ({ params, body, member }) =>
        view(await tickets.update(params.id!, body, author(member))),
    }),
    route({
      method: 'get',
      path: '/ticket-kinds',
      tag: 'Tickets',
      summary: 'Kinds of tickets',
      access: 'session',
      answers: items(ticketKindView),
      handle: async () => ({
        items: (await TicketKindModel.find().sort({ _id: 1 }).lean<TicketKind[]>()).map(
          ({ _id, ...kind }): TicketKindView => ({ id: _id, ...kind }),
        ),
      }),
    }),
    route({
      method: 'put',
      path: '/ticket-kinds/:id',
      tag: 'Tickets',
      summary: 'Add or change a kind of ticket',
      access: 'manageRouting',
      body: ticketKindView.omit({ id: true }),
      answers: ticketKindView,
      async handle({ params, body }) {
        const kind = ticketKindView.safeParse({ id: params.id, ...body })
        if (!kind.success) fail('BAD_REQUEST', { where: 'id' })
        await TicketKindModel.updateOne({ _id: params.id }, { $set: body }, { upsert: true })
        return kind.data
      },
    }),
  ]
}

function author(member: StaffMember): TicketEntry['by'] {
  return { kind: 'agent', id: member._id, name: member.displayName }
}
