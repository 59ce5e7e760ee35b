import type { Asking } from './block.ts'
import { lost } from './breakdown.ts'
import { compileFlow } from './compiled.ts'
import { defaultInput } from './default-input.ts'
import { listenByPhone, listenInQueue } from './hear-by-phone.ts'
import { readPath } from './path.ts'
import { definitionOf } from './registry.ts'
import type { BlockId, InputOptions, Lang, Prompt } from './schema.ts'
import { Saying } from './saying.ts'
import type { CallRequest, EffectOf, TurnResult, Vars, Wait } from './state.ts'

const MAX_TRAIL = 30
const MAX_BACK = 10
/** Characters said again on @repeat; the state must stay small. */
const MAX_REPEATED = 1500
/** A coded dialog does not say what it expects: anything from one key to a long number. */
const DIALOG_KEYS = { maxDigits: 20, endKey: '#' as const, interDigitMs: 2000 }

/**
 * One turn in progress: the copy of the state it works on, the effects so far, and the verbs with
 * which blocks act. It lives for one call of `turn()` and is never stored.
 */
export class Turn extends Saying {
  /** the block a forced migration took away was already apologised for in this turn */
  wasLost = false
  private readonly attached: Vars = {}

  finish(): TurnResult {
    const { state, effects } = this
    if (Object.keys(this.attached).length > 0) effects.push({ fx: 'attach', vars: this.attached })
    return state.call && state.status === 'calling'
      ? { state, effects, call: state.call }
      : { state, effects }
  }

  /** What was said last has served its purpose: it chose something and is no question. */
  understood(): void {
    delete this.state.lastText
  }

  /** From here on in this language. */
  speak(lang: Lang): void {
    if (this.state.lang === lang) return
    this.state.lang = lang
    this.effects.push({ fx: 'lang', lang })
  }

  set(name: string | undefined, value: unknown): void {
    // a variable named __proto__ cannot pass the schema; assigning it would not make one
    if (name === undefined || name === '__proto__') return
    const stored = value === undefined ? null : value
    this.frame.vars[name] = stored
    if (this.doc && compileFlow(this.doc).attached.has(name)) this.attached[name] = stored
  }

  // ---- saying and listening -------------------------------------------------------------------

  /**
   * Starts to wait for the person. Another stage of the same block keeps the counters: whoever
   * answers and denies in turns must not go round for ever.
   */
  waitFor(stage: string, pending?: unknown): void {
    const { frame, state } = this
    const same = state.wait?.block === frame.block ? state.wait : undefined
    if (!same) {
      this.remember(frame.block)
      this.keepForRepeat()
    }
    const { noInput, noMatch } = same ?? { noInput: 0, noMatch: 0 }
    state.status = 'wait'
    state.wait = { ...this.freshWait(stage), noInput, noMatch }
    if (pending !== undefined) state.wait.pending = pending
    this.ask()
  }

  private remember(block: BlockId): void {
    const { back } = this.frame
    if (back.at(-1) !== block) back.push(block)
    if (back.length > MAX_BACK) back.shift()
  }

  /** On the telephone nothing can be read again: what was said just before the question is kept for @repeat. */
  private keepForRepeat(): void {
    const { state, effects, byPhone } = this
    if (!byPhone) return
    delete state.before
    // the greeting need not be heard twice
    if (state.turn === 1) return
    const said = effects.filter((effect): effect is EffectOf<'say'> => effect.fx === 'say')
    const last = said.filter(({ block }) => block === said.at(-1)?.block)
    const length = last.reduce((sum, { text }) => sum + text.length, 0)
    if (last.length > 0 && length <= MAX_REPEATED) state.before = last
  }

  /** Says the question of the moment (or `instead`) with its quick replies, and listens. */
  ask(instead?: Prompt): void {
    const asking = this.asking()
    if (!asking) return
    const { sayChoices } = this.inputOptions(asking)
    const ear = { sayChoices, ownLang: asking.ownLang }
    const extra = asking.choices?.length ? { choices: asking.choices, ear } : {}
    this.sayWith(instead ?? asking.prompt, asking.values ?? {}, extra)
    this.state.status = 'wait'
    this.listen(asking)
  }

  /** The same once more, because it was not caught; no miss. */
  askAgain(): void {
    this.effects.push(...(this.state.before ?? []))
    this.ask()
  }

  /** Goes on listening to the question of the moment without saying it again. */
  listenOn(): void {
    const asking = this.asking()
    if (asking) this.listen(asking)
  }

  private listen(asking: Asking): void {
    const { block } = this.frame
    if (this.byPhone && asking.record) {
      this.effects.push({ fx: 'voicemail', block, ...asking.record })
      return
    }
    const options = this.inputOptions(asking)
    this.effects.push({
      fx: 'listen',
      block,
      options,
      expects: asking.expects,
      hints: asking.hints ?? [],
      ...(this.byPhone ? listenByPhone(this, asking, options) : {}),
    })
  }

  /** A caller who waits for an agent is still heard, as far as the flow says. */
  listenInQueue(): void {
    const heard = this.byPhone && listenInQueue(this, this.inputOptions({ expects: 'queue' }))
    if (!heard) return
    this.effects.push({ fx: 'listen', block: this.frame.block, expects: 'queue', ...heard })
  }

  asking(): Asking | undefined {
    const { block } = this
    return block && definitionOf(block).asks?.(block, this)
  }

  inputOptions(asking = this.asking()): InputOptions {
    const flow = this.doc?.input
    const options: InputOptions = { ...defaultInput, ...flow, ...asking?.input }
    const dtmf = { ...asking?.dtmf, ...flow?.dtmf, ...asking?.input?.dtmf }
    return Object.keys(dtmf).length > 0 ? { ...options, dtmf } : options
  }

  /**
   * Nothing was heard, or nothing understood: ask again, and after too many times take the exit
   * of that name.
   */
  miss(kind: 'noInput' | 'noMatch', instead?: Prompt): void {
    if (this.missed(kind, instead)) this.exit(kind, 'noMatch', ...(this.asking()?.giveUp ?? []))
  }

  /** Counts a miss and asks again; true if that was once too often. */
  missed(kind: 'noInput' | 'noMatch', instead?: Prompt): boolean {
    const { wait } = this.state
    const asking = this.asking()
    if (!wait || !asking) return false
    const options = this.inputOptions(asking)
    wait[kind] += 1
    this.track(kind)
    const allowed = kind === 'noInput' ? options.maxNoInput : options.maxNoMatch
    if (wait[kind] > allowed) return true
    this.ask(instead ?? asking.retry?.[kind])
    return false
  }

  // ---- going on -------------------------------------------------------------------------------

  /** Leaves the block by the first of these exits that is connected; by none: out of the flow. */
  exit(...ports: [string, ...string[]]): void {
    const out: Record<string, BlockId> = this.block?.out ?? {}
    const port = ports.find((name) => Object.hasOwn(out, name))
    this.track('exit', { port: port ?? ports[0] })
    this.stopWaiting()
    if (port === undefined) this.leave('next')
    else this.jump(out[port] ?? '')
  }

  jump(block: BlockId): void {
    this.stopWaiting()
    this.frame.block = block
  }

  stopWaiting(): void {
    delete this.state.wait
    delete this.state.call
    this.state.status = 'run'
  }

  /** The flow on top is done: back to its caller, or the end. */
  leave(exit: string, reason = 'done'): void {
    const { state } = this
    if (state.frames.length <= 1) {
      this.track('done', { data: { reason } })
      this.end(reason)
      return
    }
    const finished = state.frames.pop()
    this.stopWaiting()
    const { block } = this
    if (!finished || block?.type !== 'subflow') return lost(this)
    for (const [name, path] of Object.entries(block.results ?? {}))
      this.set(name, readPath(finished.vars, path))
    this.exit(exit, 'next')
  }

  end(reason: string): void {
    this.stopWaiting()
    delete this.state.accepted
    delete this.state.away
    delete this.state.before
    this.state.status = 'ended'
    this.effects.push({ fx: 'end', reason })
  }

  /** Stops the turn until the host has done this. */
  call(request: CallRequest): void {
    const { state, frame, context } = this
    const id = `${frame.flow}:${frame.block}:${state.turn}`
    const base = { id, block: frame.block, lang: state.lang }
    state.status = 'calling'
    state.call =
      request.kind === 'ticket' || request.kind === 'phoneCode' || request.kind === 'custom'
        ? { ...base, ...request, key: `${context.conversationId}:${id}` }
        : { ...base, ...request }
  }

  /** Puts words into a mailbox. */
  leaveWords(mailbox: string, text: string): void {
    const { frame, state, context } = this
    const { block } = frame
    const key = `${context.conversationId}:${frame.flow}:${block}:${state.turn}`
    this.effects.push({ fx: 'leave', block, mailbox, text, key })
  }

  /** Hands the conversation over and falls silent until the host tells how it went. */
  queue(handoff: EffectOf<'handoff'>): void {
    this.stopWaiting()
    delete this.state.accepted
    this.state.status = 'queued'
    this.state.wait = this.freshWait('queue')
    this.effects.push(handoff)
    // who is called back need not stay on the line
    if (handoff.callback === undefined) this.listenInQueue()
  }

  /** Sends the call on to a telephone and falls silent until the host tells how it went. */
  transfer(transfer: EffectOf<'transfer'>): void {
    this.stopWaiting()
    this.state.status = 'transferring'
    this.state.wait = this.freshWait('transfer')
    this.effects.push(transfer)
  }

  /** The coded dialog waits for the person; what comes next goes to it. */
  runDialog(): void {
    this.stopWaiting()
    this.state.status = 'dialog'
    this.state.wait = this.freshWait('dialog')
    this.listen({ expects: 'dialog', ...(this.byPhone ? { dtmf: DIALOG_KEYS } : {}) })
  }

  private freshWait(stage: string): Wait {
    const { block } = this.frame
    return { block, stage, noInput: 0, noMatch: 0, sinceMs: this.context.nowMs }
  }

  trail(): void {
    const { trail } = this.state
    trail.push(`${this.frame.flow}:${this.frame.block}`)
    if (trail.length > MAX_TRAIL) trail.shift()
  }
}
