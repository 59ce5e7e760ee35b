import { handOver, lost } from './breakdown.ts'
import { newFrame } from './frame.ts'
import { spokenWords, toHeard } from './hear.ts'
import { findCommand, findEmergency, findHotkey, press } from './hotkeys.ts'
import { pickLang } from './per-lang.ts'
import { definitionOf } from './registry.ts'
import type { Lang } from './schema.ts'
import type { Heard } from './slots/slot.ts'
import type {
  Effect,
  FlowInput,
  FlowState,
  PublishedFlow,
  TurnContext,
  TurnResult,
  Vars,
} from './state.ts'
import { Turn } from './turn.ts'

export type * from './state.ts'

/** Blocks and calls without a word from the person before we believe the flow runs in circles. */
const MAX_STEPS = 200
/** A call costs more than a block, so that two services cannot keep each other busy for long. */
const CALL_STEPS = 10

/** A conversation at the beginning of a flow; `turn(state, {in: 'start'}, …)` sets it going. */
export function startState(
  flow: PublishedFlow,
  options: { lang?: Lang; vars?: Vars } = {},
): FlowState {
  return {
    v: 1,
    frames: [newFrame(flow, options.vars)],
    lang: pickLang(flow.doc, options.lang),
    status: 'run',
    turn: 0,
    steps: 0,
    trail: [],
  }
}

/**
 * One step of a conversation: an input, in the state it meets, gives a new state and what to do.
 * Never throws on any input or document that passed the schema; never changes its arguments. With
 * `call` in the result the host performs it and comes back with `{in: 'result'}`.
 */
export function turn(state: FlowState, input: FlowInput, context: TurnContext): TurnResult {
  const now = new Turn(copy(state), context)
  if (now.state.status === 'ended') return now.finish()
  now.state.turn += 1
  if (input.in === 'hangup') {
    hangUp(now)
    return now.finish()
  }
  receive(input, now)
  run(now)
  return now.finish()
}

/** All a turn may change is copied; values of variables are only ever replaced. */
function copy(state: FlowState): FlowState {
  return {
    ...state,
    frames: state.frames.map((frame) => ({
      ...frame,
      vars: { ...frame.vars },
      back: [...frame.back],
    })),
    trail: [...state.trail],
    ...(state.wait ? { wait: { ...state.wait } } : {}),
  }
}

/** The caller is gone, and the flow with them; but who asked to be called back keeps the place in the queue. */
function hangUp(now: Turn): void {
  const { state } = now
  if (state.status === 'queued' && !state.accepted && now.block?.type === 'callback') {
    state.away = true
    return now.track('away')
  }
  // who has talked with an agent gave nothing up
  now.track(state.accepted ? 'hangup' : 'abandon')
  now.end('hangup')
}

function receive(input: FlowInput, now: Turn): void {
  // two people talk with each other: neither their words nor their keys are for us
  if (now.state.status === 'transferring')
    return input.in === 'event' ? happened(input, now) : undefined
  const heard = toHeard(input)
  if (heard || input.in === 'silence') now.state.steps = 0
  if (heard) {
    const words = spokenWords(input)
    if (words) now.state.lastText = words
    else if (now.state.status !== 'queued') delete now.state.lastText
    if (interrupted(heard, now)) return
  }
  switch (now.state.status) {
    case 'wait':
      if (input.in === 'silence') return silence(now)
      if (input.in === 'event') return happened(input, now)
      return heard ? answer(input, heard, now) : undefined
    case 'calling':
      // anything but the result: the host gets the same call again, with the same key
      return input.in === 'result' ? result(input, now) : undefined
    case 'dialog':
      return heard || input.in === 'silence' ? passOn(input, now) : undefined
    case 'queued':
      if (input.in === 'event') return handoffStatus(input, now)
      // a wrong key is no reason to stop listening to the right one
      return now.state.accepted || now.block?.type === 'callback' ? undefined : now.listenInQueue()
  }
}

/** Something came to pass outside that only the block understands. */
function happened(event: Extract<FlowInput, { in: 'event' }>, now: Turn): void {
  const { block } = now
  if (!block) return lost(now)
  definitionOf(block).event?.(block, event, now)
}

/** Emergencies first and everywhere, then hotkeys. While an agent speaks, neither. */
function interrupted(heard: Heard[], now: Turn): boolean {
  if (now.state.accepted) return false
  const pressed = findEmergency(heard, now) ?? findHotkey(heard, now) ?? findCommand(heard, now)
  if (!pressed) return false
  press(pressed, now)
  return true
}

function silence(now: Turn): void {
  const { block } = now
  if (!block) return lost(now)
  if (!definitionOf(block).silence?.(block, now)) now.miss('noInput')
}

function answer(input: FlowInput, heard: Heard[], now: Turn): void {
  const { block, wait } = now
  const definition = block && definitionOf(block)
  if (!block || !definition?.answer || wait?.block !== now.frame.block) return lost(now)
  // a quick reply of an older message: its ids mean something else here
  if (input.in === 'choice' && input.block !== undefined && input.block !== wait.block) {
    now.track('stale', { data: { choice: input.id } })
    return now.ask()
  }
  const said = heard.filter(({ text, media }) => text.trim() || media)
  if (said.length === 0) return silence(now)
  const enough = now.inputOptions().minConfidence
  const clear = said.filter(({ confidence }) => confidence >= enough)
  if (clear.length === 0) return now.miss('noMatch')
  definition.answer(block, clear, now)
}

function result(input: Extract<FlowInput, { in: 'result' }>, now: Turn): void {
  const { block, state } = now
  const { call } = state
  if (input.callId !== undefined && input.callId !== call?.id) return
  delete state.call
  state.status = 'run'
  state.steps += CALL_STEPS
  const definition = block && definitionOf(block)
  if (!block || !definition?.result || call?.block !== now.frame.block) return lost(now)
  definition.result(block, input, now)
}

function passOn(input: FlowInput, now: Turn): void {
  const { block } = now
  if (block?.type !== 'dialog') return lost(now)
  now.call({ kind: 'dialog', dialog: block.dialog, args: now.values(block.args), input })
}

const OUTCOMES = new Set<unknown>([
  'accepted',
  'completed',
  'returned',
  'cancelled',
  'closed',
  'timeout',
  'failed',
])

/** What became of the hand-off, as the router tells. */
function handoffStatus(event: Extract<FlowInput, { in: 'event' }>, now: Turn): void {
  const status = event.data?.status
  if (event.name !== 'handoff.status' || !OUTCOMES.has(status)) return
  const { state } = now
  const { away } = state
  delete state.away
  // nobody is on the line to hear what else there is
  if (away && status !== 'accepted') return now.end(status === 'completed' ? 'done' : 'hangup')
  const handsOver = now.block?.type === 'queue' || now.block?.type === 'callback'
  switch (status) {
    case 'accepted':
      state.accepted = true
      return now.track('agent')
    case 'completed':
      delete state.accepted
      delete state.emergency
      return handsOver ? now.exit('after') : now.end('done')
    case 'returned':
    case 'cancelled':
      // the agent gave the conversation back, or the person gave up waiting: on where the flow says so,
      // else at the main menu
      delete state.accepted
      delete state.emergency
      if (now.block?.out && Object.hasOwn(now.block.out, status)) return now.exit(status)
      state.frames.length = 1
      return now.jump(now.doc?.main ?? now.doc?.entry ?? now.frame.block)
    case 'closed':
    case 'timeout':
    case 'failed':
      delete state.accepted
      return handsOver ? now.exit(status, 'failed') : now.end('failed')
  }
}

/** From block to block until one waits. */
function run(now: Turn): void {
  const { state, context } = now
  while (state.status === 'run') {
    state.steps += 1
    if (state.steps > (context.maxSteps ?? MAX_STEPS)) {
      dropRepetitions(now.effects)
      handOver(now, 'loop')
      return
    }
    const { block } = now
    if (!block) {
      lost(now)
      continue
    }
    now.trail()
    now.track('enter')
    // a menu means that the emergency is over, or was none
    if (block.type === 'menu') delete state.emergency
    definitionOf(block).enter(block, now)
  }
}

/** A flow that ran in circles said the same things many times: keep each once. */
function dropRepetitions(effects: Effect[]): void {
  const said = new Set<string>()
  const kept = effects.filter((effect) => {
    if (effect.fx === 'track') return effect.event !== 'enter' && effect.event !== 'exit'
    if (effect.fx !== 'say') return true
    const isNew = !said.has(effect.text)
    said.add(effect.text)
    return isNew
  })
  effects.splice(0, effects.length, ...kept)
}
