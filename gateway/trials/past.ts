/** Conversations that went through a flow, as trials read them: their inputs, with personal data masked where asked. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { PublishedFlow } from '../../bots/flow/state.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { Contact } from '../domain/contact.ts'
import type { Conversation } from '../domain/conversation.ts'
import { maskAnswer, maskKeepingShape } from '../domain/mask-personal.ts'
import { TRIAL_ACCOUNT } from '../domain/trial.ts'
import { fail } from '../errors.ts'
import { readHistory } from '../intake/history.ts'
import { AccountModel, ConversationModel } from '../intake/model.ts'
import type { RecordedTurn } from './recorded.ts'
import { recordedTurns } from './recorded.ts'
import type { RecentView, RecordedView } from './schema.ts'

/** Looked through for those of one flow. */
const LOOKED_THROUGH = 500
/** A test of more inputs is read by nobody. */
const MAX_MESSAGES = 400

export interface PastOptions {
  contacts: Pick<Contacts, 'get'>
  flow: (id: string, version: number | 'live') => PublishedFlow | undefined
  prepare: (pins: { flow: string; version: number }[]) => Promise<void>
  pins: (bot: unknown) => { flow: string; version: number }[]
}

type Row = Pick<
  Conversation,
  '_id' | 'legs' | 'lang' | 'openedAt' | 'state' | 'preview' | 'bot' | 'flowRun'
>

export class Past {
  private readonly options: PastOptions

  constructor(options: PastOptions) {
    this.options = options
  }

  /** Newest first. */
  async recent(flowId: string, limit: number, masked: boolean): Promise<RecentView[]> {
    const accounts = await AccountModel.find({ flowId }, { _id: 1 }).lean<{ _id: string }[]>()
    const led = new Set(accounts.map(({ _id }) => _id))
    const rows = await ConversationModel.find(
      { 'legs.accountId': { $ne: TRIAL_ACCOUNT } },
      { legs: 1, lang: 1, openedAt: 1, state: 1, preview: 1, bot: 1, flowRun: 1 },
    )
      .sort({ openedAt: -1 })
      .limit(LOOKED_THROUGH)
      .lean<Row[]>()
    return rows
      .filter(
        (row) =>
          (this.beganIn(row)?.flow ?? (led.has(firstLeg(row).accountId) && flowId)) === flowId,
      )
      .slice(0, limit)
      .map((row) => {
        const version = this.beganIn(row)?.version
        return {
          id: row._id,
          channel: firstLeg(row).channel,
          lang: row.lang,
          openedAtMs: row.openedAt.getTime(),
          state: row.state,
          preview: masked ? maskKeepingShape(row.preview) : row.preview,
          ...(version !== undefined && { version }),
        }
      })
  }

  /** @throws NOT_FOUND */
  async recorded(id: string, masked: boolean): Promise<RecordedView> {
    const conversation =
      (await ConversationModel.findById(id).lean<Conversation>()) ?? fail('NOT_FOUND')
    const { messages, more } = await readHistory(id, { limit: MAX_MESSAGES })
    const leg = firstLeg(conversation)
    const began = this.beganIn(conversation)
    const account = await AccountModel.findById(leg.accountId).lean<{ flowId: string }>()
    const flow = began?.flow ?? leg.call?.flowId ?? account?.flowId ?? 'main'
    if (began) await this.options.prepare([began])
    const contact = await this.options.contacts.get(conversation.contactId)
    const { number: caller, ourNumber: called } = leg.call ?? {}
    const view: RecordedView = {
      id,
      flow,
      ...(began && { version: began.version }),
      channel: leg.channel,
      lang: messages.find(({ lang }) => lang)?.lang ?? conversation.lang,
      atMs: conversation.openedAt.getTime(),
      ...((caller || called) && { call: { ...(called && { called }), ...(caller && { caller }) } }),
      contact: contactVars(contact),
      masked,
      cut: more,
      turns: recordedTurns(conversation, messages),
    }
    if (!masked) return view
    const doc = this.options.flow(flow, began?.version ?? 'live')?.doc
    return maskView(view, conversation, contact, doc && this.docsFrom(doc))
  }

  /** With the flows it leads to, as they are now. */
  private docsFrom(doc: FlowDoc): FlowDoc[] {
    const docs = new Map([[doc.id, doc]])
    for (const each of docs.values())
      for (const block of Object.values(each.blocks)) {
        if (block.type !== 'subflow' && block.type !== 'goto') continue
        const called = this.options.flow(block.flow, 'live')?.doc
        if (called && !docs.has(called.id)) docs.set(called.id, called)
      }
    return [...docs.values()]
  }

  private beganIn({ flowRun, bot }: Pick<Row, 'flowRun' | 'bot'>) {
    if (flowRun) return { flow: flowRun.flow, version: flowRun.version }
    return this.options.pins(bot)[0]
  }
}

const firstLeg = ({ legs }: Pick<Conversation, 'legs'>) =>
  legs.find(({ unused }) => !unused) ?? legs[0]!

function contactVars(contact: Contact | undefined): Record<string, unknown> {
  if (!contact) return {}
  const { name, phone, vip } = contact
  return { ...(name && { name }), ...(phone && { phone }), vip }
}

function maskView(
  view: RecordedView,
  { context }: Conversation,
  contact: Contact | undefined,
  docs: FlowDoc[] = [],
): RecordedView {
  const personal = new Set(
    docs.flatMap(({ vars = [], params = [] }) =>
      [...vars, ...params].filter(({ pii }) => pii).map(({ name }) => name),
    ),
  )
  const names = [
    ...(contact?.name ? [contact.name] : []),
    ...Object.entries(context).flatMap(([name, value]) =>
      personal.has(name) && typeof value === 'string' ? [value] : [],
    ),
  ]
  const asksPersonal = new Set(
    docs.flatMap(({ blocks }) =>
      Object.entries(blocks).flatMap(([id, block]) =>
        block.type === 'ask' && personal.has(block.set) ? [id] : [],
      ),
    ),
  )
  const text = (value: string) => maskKeepingShape(value, names)
  const maskTurn = (turn: RecordedTurn, at: number): RecordedTurn => {
    const asked = view.turns[at - 1]?.said.at(-1)?.block
    const hide = asked !== undefined && asksPersonal.has(asked) ? maskAnswer : text
    const { input } = turn
    return {
      ...turn,
      said: turn.said.map(({ block, text: words }) => ({ block, text: text(words) })),
      ...(input && {
        input: {
          ...input,
          in: isWords(input.as) ? hide(input.in) : input.in,
          ...(input.others && {
            others: input.others.map((each) => ({ ...each, text: hide(each.text) })),
          }),
          ...(input.transcript && { transcript: hide(input.transcript) }),
        },
      }),
    }
  }
  const { call } = view
  return {
    ...view,
    contact: Object.fromEntries(
      Object.entries(view.contact).map(([name, value]) => [
        name,
        typeof value === 'string' ? maskAnswer(value) : value,
      ]),
    ),
    ...(call && {
      call: { ...call, ...(call.caller && { caller: maskKeepingShape(call.caller) }) },
    }),
    turns: view.turns.map(maskTurn),
  }
}

const isWords = (as: string | undefined): boolean =>
  as === 'text' || as === 'speech' || as === 'dtmf'
