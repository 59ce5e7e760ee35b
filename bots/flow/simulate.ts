import { startState, turn } from './engine.ts'
import type { Effect, FlowInput, FlowState, PublishedFlow, ServiceCall } from './state.ts'
import type { Channel, FlowDoc, Lang } from './schema.ts'

export interface SimulationOptions {
  channel: Channel
  lang?: Lang
  vars?: Record<string, unknown>
  contact?: Record<string, unknown>
  /** who called which number; by telephone default the contact's own number */
  call?: { called?: string; caller?: string; account?: string }
  /** clock at the start, ISO 8601; default a Friday morning in Shanghai */
  at?: string
  /** see FlowTest.stubs */
  stubs?: Record<string, unknown>
}

const DEFAULT_START = '2026-05-08T10:00:00+08:00'
const MAX_CALLS = 100
const DEFAULT_PHONE = '13800000000'

/**
 * A conversation with a flow on a virtual clock, with stubs for the world. The same engine as in
 * service: the editor's trial pane, the gate before publishing and the CI all use this.
 */
export class Simulation {
  state: FlowState
  /** effects of the last input */
  effects: Effect[] = []
  nowMs: number
  private readonly flows: Map<string, PublishedFlow>
  private readonly options: SimulationOptions
  private serial = 0
  private readonly answered = new Map<string, number>()

  constructor(doc: FlowDoc, options: SimulationOptions, others: Iterable<FlowDoc> = []) {
    this.options = options
    this.flows = new Map(
      [...others, doc].map((each) => [each.id, { id: each.id, version: 1, doc: each }]),
    )
    this.nowMs = Date.parse(options.at ?? DEFAULT_START)
    this.state = startState({ id: doc.id, version: 1, doc }, options)
  }

  /** One input, and everything that follows from it; returns its effects. */
  feed(input: FlowInput): Effect[] {
    this.effects = []
    let next: FlowInput | undefined = input
    for (let calls = 0; next && calls <= MAX_CALLS; calls++) {
      const result = turn(this.state, next, this.context())
      // through JSON, as the host stores it: what does not survive that is a bug
      this.state = JSON.parse(JSON.stringify(result.state)) as FlowState
      this.effects.push(...result.effects)
      next = result.call && this.perform(result.call)
    }
    return this.effects
  }

  /** What was said in answer to the last input. */
  get said(): string {
    return this.effects.flatMap((effect) => (effect.fx === 'say' ? [effect.text] : [])).join('\n')
  }

  /** What was heard: on the telephone that is not always what is written. */
  get heard(): string {
    return this.effects
      .flatMap((effect) => (effect.fx === 'say' ? [effect.speak ?? effect.text] : []))
      .join('\n')
  }

  get block(): string | undefined {
    return this.state.wait?.block ?? this.state.frames.at(-1)?.block
  }

  private context() {
    const { channel, contact, stubs, call } = this.options
    return {
      channel,
      ...(call ? { call } : {}),
      nowMs: this.nowMs,
      contact: contact ?? { phone: DEFAULT_PHONE },
      conversationId: 'simulation',
      flow: (id: string) => this.flows.get(id),
      hours: (schedule: string) => {
        const stub = stubs?.[`hours:${schedule}`]
        return stub === 'closed' || stub === 'holiday' ? stub : 'open'
      },
    } as const
  }

  private perform(call: ServiceCall): FlowInput {
    const stub = this.stubFor(call)
    if (isError(stub))
      return { in: 'result', ok: false, code: stub.error, message: stub.error, callId: call.id }
    return { in: 'result', ok: true, value: stub, callId: call.id }
  }

  private stubFor(call: ServiceCall): unknown {
    const stub = this.options.stubs?.[stubName(call)]
    if (call.kind === 'dialog' && Array.isArray(stub)) return this.nextAnswer(call.dialog, stub)
    if (stub !== undefined) return stub
    switch (call.kind) {
      case 'ticket':
        this.serial += 1
        return call.op === 'lookup'
          ? null
          : { serial: `T${String(this.serial).padStart(4, '0')}`, status: 'open' }
      case 'phoneCode':
        return trialCode(call)
      case 'dialog':
        return { done: true, result: null }
      case 'query':
        return null
      default:
        return []
    }
  }

  /** A dialog answers one stub after the other; the last one stays. */
  private nextAnswer(dialog: string, answers: unknown[]): unknown {
    const count = this.answered.get(dialog) ?? 0
    this.answered.set(dialog, count + 1)
    return answers[Math.min(count, answers.length - 1)]
  }
}

/** In a trial no message is sent; the code is one to six. */
function trialCode({ op, phone, code }: Extract<ServiceCall, { kind: 'phoneCode' }>): unknown {
  if (op === 'send') return { state: 'sent', phone }
  return { state: code === '123456' ? 'proven' : 'wrong', phone }
}

const isError = (stub: unknown): stub is { error: string } =>
  typeof stub === 'object' &&
  stub !== null &&
  typeof (stub as { error?: unknown }).error === 'string'

/** The name under which a test stubs a call. */
export function stubName(call: ServiceCall): string {
  switch (call.kind) {
    case 'query':
      return `query:${call.source}`
    case 'ticket':
      return `ticket:${call.op}:${call.ticketKind}`
    case 'phoneCode':
      return `phoneCode:${call.op}`
    case 'faq':
      return `faq:${call.knowledgeBase}`
    case 'intent':
      return `intent:${call.classifier}`
    case 'dialog':
      return `dialog:${call.dialog}`
  }
}
