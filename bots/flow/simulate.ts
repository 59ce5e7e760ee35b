import { firstExit } from './custom-blocks.ts'
import { startState, turn } from './engine.ts'
import type { Effect, FlowInput, FlowState, PublishedFlow, ServiceCall } from './state.ts'
import type { Channel, FlowDoc, Lang } from './schema.ts'
import { isError, stubName, Stubs } from './stub.ts'

export { stubName } from './stub.ts'

export type HoursState = 'open' | 'closed' | 'holiday'

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
  /** schedules that no stub speaks of; default always open */
  hours?: (scheduleId: string, atMs: number) => HoursState | undefined
  /** services that no stub speaks of, for `feedLive`; undefined leaves it to the simulation */
  services?: (call: ServiceCall) => Promise<unknown> | undefined
}

/** What the world was asked in a turn, and what it answered. */
export interface Asked {
  name: string
  /** undefined for schedules */
  call?: ServiceCall
  answer: unknown
}

export const DEFAULT_START = '2026-05-08T10:00:00+08:00'
const MAX_CALLS = 100
export const DEFAULT_PHONE = '13800000000'

/**
 * A conversation with a flow on a virtual clock, with stubs for the world. The same engine as in
 * service: the editor's trial pane, the gate before publishing and the CI all use this.
 */
export class Simulation {
  state: FlowState
  /** effects of the last input */
  effects: Effect[] = []
  /** what the world was asked because of it */
  asked: Asked[] = []
  nowMs: number
  private readonly flows: Map<string, PublishedFlow>
  private readonly options: SimulationOptions
  private readonly stubs: Stubs
  private serial = 0

  /** @throws RangeError where `at` is no time */
  constructor(doc: FlowDoc, options: SimulationOptions, others: Iterable<FlowDoc> = []) {
    this.options = options
    this.stubs = new Stubs(options.stubs)
    this.flows = new Map(
      [...others, doc].map((each) => [each.id, { id: each.id, version: 1, doc: each }]),
    )
    this.nowMs = Date.parse(options.at ?? DEFAULT_START)
    if (Number.isNaN(this.nowMs)) throw new RangeError(`no such time: ${options.at}`)
    this.state = startState({ id: doc.id, version: 1, doc }, options)
  }

  /** One input, and everything that follows from it; returns its effects. */
  feed(input: FlowInput): Effect[] {
    this.begin()
    let next: FlowInput | undefined = input
    for (let calls = 0; next && calls <= MAX_CALLS; calls++) {
      const call = this.step(next)
      next = call && this.perform(call)
    }
    return this.effects
  }

  /** The same, where services that no stub speaks of are asked for real. */
  async feedLive(input: FlowInput): Promise<Effect[]> {
    this.begin()
    let next: FlowInput | undefined = input
    for (let calls = 0; next && calls <= MAX_CALLS; calls++) {
      const call = this.step(next)
      next = call && (await this.performLive(call))
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

  private begin(): void {
    this.effects = []
    this.asked = []
  }

  private step(input: FlowInput): ServiceCall | undefined {
    const result = turn(this.state, input, this.context())
    // through JSON, as the host stores it: what does not survive that is a bug
    this.state = JSON.parse(JSON.stringify(result.state)) as FlowState
    this.effects.push(...result.effects)
    return result.call
  }

  private context() {
    const { channel, contact, call } = this.options
    return {
      channel,
      ...(call ? { call } : {}),
      nowMs: this.nowMs,
      contact: contact ?? { phone: DEFAULT_PHONE },
      conversationId: 'simulation',
      flow: (id: string) => this.flows.get(id),
      hours: (schedule: string, atMs: number) => this.hours(schedule, atMs),
    } as const
  }

  private hours(schedule: string, atMs: number): HoursState | undefined {
    const name = `hours:${schedule}`
    const stub = this.stubs.take(name)
    const { hours } = this.options
    const state = stub === undefined && hours ? hours(schedule, atMs) : stub
    const known = state === 'closed' || state === 'holiday'
    // a schedule that the world does not know is a fault of the flow, and shown as one
    const answer = known ? state : state === undefined && hours ? undefined : 'open'
    this.asked.push({ name, answer })
    return answer
  }

  private perform(call: ServiceCall): FlowInput {
    const stub = this.stubs.take(stubName(call))
    return this.answered(call, stub === undefined ? this.invented(call) : stub)
  }

  private async performLive(call: ServiceCall): Promise<FlowInput> {
    const stub = this.stubs.take(stubName(call))
    if (stub !== undefined) return this.answered(call, stub)
    const asked = this.options.services?.(call)
    if (!asked) return this.answered(call, this.invented(call))
    try {
      return this.answered(call, (await asked) ?? null)
    } catch (error) {
      const { code } = error as { code?: unknown }
      return this.answered(call, { error: typeof code === 'string' ? code : 'SERVICE_FAILED' })
    }
  }

  private answered(call: ServiceCall, answer: unknown): FlowInput {
    this.asked.push({ name: stubName(call), call, answer })
    if (isError(answer))
      return { in: 'result', ok: false, code: answer.error, message: answer.error, callId: call.id }
    return { in: 'result', ok: true, value: answer, callId: call.id }
  }

  /** Where nothing is stated the world is kind and empty. */
  private invented(call: ServiceCall): unknown {
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
      case 'custom':
        return { exit: firstExit(call.custom) }
      case 'query':
        return null
      default:
        return []
    }
  }
}

/** In a trial no message is sent; the code is one to six. */
function trialCode({ op, phone, code }: Extract<ServiceCall, { kind: 'phoneCode' }>): unknown {
  if (op === 'send') return { state: 'sent', phone }
  return { state: code === '123456' ? 'proven' : 'wrong', phone }
}
