/** What the bot may ask of the rooms: flows, hours, sources, tickets, knowledge. */
import type { BotServices, TicketRequest } from '../bots/host/services.ts'
import type { Answers } from './answers/answers.ts'
import type { Ticket, TicketStatus } from './domain/ticket.ts'
import { localDate } from './domain/local-time.ts'
import type { Contacts } from './contacts/contacts.ts'
import { isTheirs } from './contacts/is-theirs.ts'
import type { OneTimeCodes } from './contacts/one-time-codes.ts'
import type { Extensions } from './extensions/extensions.ts'
import type { Flows } from './flows/flows.ts'
import type { Intents } from './intents/intents.ts'
import type { Knowledge } from './knowledge/knowledge.ts'
import type { RoutingSettings } from './routing/settings.ts'
import type { Sources } from './sources/sources.ts'
import type { Tickets } from './tickets/tickets.ts'
import { YiluError } from './errors.ts'

export interface BotServicesOptions {
  flows: Flows
  knowledge: Knowledge
  settings: RoutingSettings
  sources: Sources
  tickets: Tickets
  contacts: Pick<Contacts, 'get'>
  codes: OneTimeCodes
  extensions?: Pick<Extensions, 'run'>
  intents: Intents
  answers: Answers
  now: () => number
  timezone: string
}

const MAX_TITLE_CHARS = 100

const statusText: Record<TicketStatus, { zh: string; en: string }> = {
  open: { zh: '已登记,待分派', en: 'registered, waiting to be assigned' },
  assigned: { zh: '已分派', en: 'assigned' },
  processing: { zh: '处理中', en: 'being handled' },
  resolved: { zh: '已办结', en: 'resolved' },
  closed: { zh: '已关闭', en: 'closed' },
}

export function createBotServices(options: BotServicesOptions): BotServices {
  const { flows, knowledge, settings, sources, tickets, codes, intents, answers, now, timezone } =
    options
  const { contacts } = options

  /** What a contact may be told of a ticket; nothing of the story itself, since a serial can be guessed. */
  const view = (ticket: Ticket, lang: string): Record<string, unknown> => {
    const text = statusText[ticket.status]
    const reply = ticket.log.findLast((entry) => entry.reply)?.reply
    return {
      serial: ticket.serial,
      status: ticket.status,
      statusText: lang.startsWith('zh') ? text.zh : text.en,
      createdAt: localDate(ticket.createdAt.getTime(), timezone),
      department: ticket.department ?? '',
      reply: reply ?? '',
    }
  }

  const { extensions } = options
  return {
    now,
    ...(extensions && { runCustom: (request) => extensions.run(request) }),
    flow: (id, version, conversationId) => flows.get(id, version, conversationId),
    prepare: (pins) => flows.prepare(pins),
    hours: (id, atMs) => settings.hours(id, atMs),
    query: (source, params, query) => sources.query(source, params, query),
    async createTicket(request) {
      const { kind, key, contactId, conversationId, channel, fields } = request
      const ticket = await tickets.create({
        kind,
        key,
        contactId,
        conversationId,
        channel,
        fields,
        title: titleOf(request),
        by: { kind: 'bot', id: 'flow', name: 'bot' },
      })
      return view(ticket, request.lang)
    },
    async appendTicket({ fields, key, lang }) {
      const text = String(fields.text ?? fields.note ?? '')
      const by = { kind: 'contact' as const, id: 'contact', name: '' }
      const ticket = await tickets.append(String(fields.serial ?? ''), text, key, by)
      return ticket && view(ticket, lang)
    },
    async lookupTicket({ fields, lang, contactId }) {
      const ticket = await tickets.find(String(fields.serial ?? ''))
      if (!ticket) return undefined
      const filed = { contactId: ticket.contactId, phone: ticket.fields.phone }
      return { ...view(ticket, lang), own: await isTheirs(contacts, contactId, filed) }
    },
    async sendCode({ contactId, phone, key, lang }) {
      try {
        const sent = await codes.request(contactId, phone, { lang, key })
        return { state: 'sent', phone: sent.phone }
      } catch (error) {
        if (!(error instanceof YiluError)) throw error
        if (error.code === 'BAD_MOBILE') return { state: 'badNumber', phone }
        const live = (error.details as { live?: boolean } | undefined)?.live
        if (error.code === 'CODE_TOO_OFTEN' && live) return { state: 'tooOften', phone }
        throw error
      }
    },
    verifyCode: async ({ contactId, phone, code }) => ({
      phone,
      ...(await codes.verify(contactId, phone, code, 'flow')),
    }),
    async searchKnowledge({ text, lang, top, channel }) {
      const hits = await knowledge.answer(text, lang, top)
      const worded = await answers.tell(text, lang, hits, channel === 'voice')
      return hits.map(({ id, question, answer, score }, index) => ({
        ...{ id, question, score },
        answer: index === 0 ? (worded ?? answer) : answer,
      }))
    },
    classify: ({ classifier, text, lang, top }) => intents.classify(classifier, text, lang, top),
  }
}

function titleOf({ fields }: TicketRequest): string {
  const text =
    fields.title ?? fields.what ?? fields.description ?? fields.content ?? Object.values(fields)[0]
  return String(text ?? '').slice(0, MAX_TITLE_CHARS)
}
