/** What a turn, or the end of a conversation, tells of the flow: pure, from effects to what is counted. */
import type { Effect, EffectOf, FlowInput } from '../../bots/flow/state.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { FlowRun, Happening, Place } from '../domain/flow-run.ts'

/** Upper ends of the classes in which time in a flow is counted, in ms; longer is the class `Infinity`. */
export const timeClassesMs = [
  15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
] as const

/** Figures of whole runs stand under no block. */
export const NO_BLOCK = ''

/** How a flow ends when its caller, or the flow for its caller, gives up. */
const gaveUpBy = new Set(['hangup', 'abandon'])

export interface Followed {
  run: FlowRun | undefined
  happened: Happening[]
}

export interface TurnTold {
  run: FlowRun | undefined
  /** where the bot stood before and the blocks it was called from, innermost first */
  places: readonly Place[]
  input: FlowInput
  effects: readonly Effect[]
  nowMs: number
}

/** Follows one turn of the bot. */
export function followTurn({ run, places, input, effects, nowMs }: TurnTold): Followed {
  const tracks = effects.filter((effect): effect is EffectOf<'track'> => effect.fx === 'track')
  const happened: Happening[] = []
  let now = run
  let askers = places
  if (input.in === 'start') {
    const first = tracks[0]
    // a call began while they wrote: what they had begun there is left
    happened.push(...leftRun(run, places, nowMs))
    if (!first) return { run: undefined, happened }
    askers = []
    now = { flow: first.flow, version: first.version, startedAt: new Date(nowMs) }
    happened.push({ ...ofRun(now), event: 'started' })
  }
  const words = wordsOf(input)
  for (const track of tracks)
    happened.push(...(track.event === 'abandon' ? abandoned(places) : counted(track, words)))
  const broken = tracks.some(({ event }) => event === 'loop' || event === 'broken')
  const handoff = effects.find((effect) => effect.fx === 'handoff')
  if (handoff && !broken) {
    const at = askers.length ? askers : tracks.filter(isEntryOf(handoff.block)).slice(-1)
    happened.push(...at.map((each) => ({ ...placeOf(each), event: 'asked' })))
  }
  if (now && handoff && !now.askedAt) {
    happened.push({ ...ofRun(now), event: 'asked' }, ...lasted(now, nowMs))
    now = { ...now, askedAt: new Date(nowMs) }
  }
  const end = effects.find((effect) => effect.fx === 'end')
  if (now && end && !now.endedAt) {
    if (!now.askedAt) {
      const event = gaveUpBy.has(end.reason) ? 'gaveUp' : 'completed'
      happened.push({ ...ofRun(now), event }, ...lasted(now, nowMs))
    }
    now = { ...now, endedAt: new Date(nowMs) }
  }
  return { run: now, happened }
}

/** The bot failed, and a person was called instead. */
export function followFailure(
  run: FlowRun | undefined,
  places: readonly Place[],
  nowMs: number,
): Followed {
  const happened: Happening[] = places
    .slice(0, 1)
    .map((at) => ({ ...placeOf(at), event: 'broken' }))
  if (!run || run.askedAt || run.endedAt) return { run, happened }
  happened.push({ ...ofRun(run), event: 'asked' }, ...lasted(run, nowMs))
  return { run: { ...run, askedAt: new Date(nowMs) }, happened }
}

/** A conversation was closed: who was still in the flow gave up there. */
export function followClosing(
  before: Conversation,
  after: Conversation,
  places: (bot: unknown) => Place[],
): Happening[] {
  const run = after.flowRun
  if (after.state !== 'closed' || before.state === 'closed' || !run || run.endedAt) return []
  // silence until it was closed is not time in the flow
  const leftMs = before.lastActivityAt.getTime()
  const left = leftRun(run, places(before.bot), leftMs)
  return before.state === 'bot' ? left : left.filter(({ block }) => block === NO_BLOCK)
}

function leftRun(run: FlowRun | undefined, places: readonly Place[], nowMs: number): Happening[] {
  if (!run || run.endedAt) return []
  if (run.askedAt) return abandoned(places)
  return [...abandoned(places), { ...ofRun(run), event: 'gaveUp' }, ...lasted(run, nowMs)]
}

/** Who gives up in a flow that was called gives up at the block that called it, too. */
const abandoned = (places: readonly Place[]): Happening[] =>
  places.map((place) => ({ ...placeOf(place), event: 'abandon' }))

const isEntryOf =
  (block: string) =>
  (track: EffectOf<'track'>): boolean =>
    track.event === 'enter' && track.block === block

const ofRun = ({ flow, version }: FlowRun): Place => ({ flow, version, block: NO_BLOCK })

const placeOf = ({ flow, version, block }: Place): Place => ({ flow, version, block })

function lasted(run: FlowRun, untilMs: number): Happening[] {
  const ms = Math.max(0, untilMs - run.startedAt.getTime())
  const upTo = timeClassesMs.find((each) => ms <= each) ?? Infinity
  return [
    { ...ofRun(run), event: 'ms', amount: ms },
    { ...ofRun(run), event: 'time', label: String(upTo) },
  ]
}

function wordsOf(input: FlowInput): string | undefined {
  if (input.in === 'text') return input.text
  return input.in === 'speech' ? input.nbest[0]?.text : undefined
}

function counted(track: EffectOf<'track'>, words: string | undefined): Happening[] {
  const { event, port, data = {} } = track
  const place = placeOf(track)
  const of = (label: unknown, name = event): Happening[] => [
    { ...place, event: name, ...(label !== undefined && label !== null && { label: `${label}` }) },
  ]
  switch (event) {
    case 'exit':
      return of(port)
    case 'noMatch':
      return [{ ...place, event, ...(words && { words }) }]
    case 'faqMiss':
      return [{ ...place, event, ...(typeof data.text === 'string' && { words: data.text }) }]
    case 'hotkey':
    case 'emergency':
      return of(data.hotkey)
    case 'survey':
      return of(data.score)
    case 'intent':
      return of(data.intent)
    case 'faq':
      return of(data.id)
    case 'fail':
      return of(data.code)
    case 'done':
      return of(data.reason)
    case 'ticket':
      return of(data.op)
    case 'transfer':
      return of(data.status)
    default:
      // what a flow marks for its own reports goes by the name it gave
      return event.startsWith('custom:') ? of(event.slice(7), 'custom') : of(undefined)
  }
}
