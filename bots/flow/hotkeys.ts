import { detectEmergency, withoutHarmless } from '../nlu/emergency.ts'
import type { CompiledHotkey } from './compiled.ts'
import { compileFlow } from './compiled.ts'
import { asKeys, containsPhrase, normalize } from './normalize.ts'
import { definitionOf } from './registry.ts'
import { spokenKey } from './spoken-key.ts'
import type { Hotkey } from './schema.ts'
import type { Heard } from './slots/slot.ts'
import type { Turn } from './turn.ts'

const EMERGENCY_PRIORITY = 0
/** Longer than that is a story, and all of it goes into the variable. */
const MAX_COMMAND = 2100

export interface Pressed {
  hotkey: Hotkey
  /** of a text command: what came after its word */
  rest?: string
  /** index of the frame whose flow declares it; inner flows are asked first */
  depth: number
}

/**
 * A cry for help: the flow's own words, and those everybody uses (bots/nlu). Any alternative of the recogniser counts, however unsure: answering a false
 * alarm costs a minute, missing a true one a life.
 */
export function findEmergency(heard: Heard[], turn: Turn): Pressed | undefined {
  const { status, emergency } = turn.state
  // already being looked after: a second cry must not throw away the place in the queue
  if (emergency !== undefined && (status === 'queued' || status === 'wait')) return undefined
  return find(turn, (flow) =>
    flow.emergencies.find(
      ({ hotkey, words }) =>
        (hotkey.channels?.includes(turn.context.channel) ?? true) &&
        (heard.some(({ text }) => {
          // 会不会被困 and "help me book" only sound like it
          const said = normalize(withoutHarmless(text))
          return words.some((word) => containsPhrase(said, word)) || detectEmergency(text)
        }) ||
          isKey(hotkey, heard, turn)),
    ),
  )
}

/** One of the ordinary hotkeys: its key, or exactly one of its phrases. */
export function findHotkey(heard: Heard[], turn: Turn): Pressed | undefined {
  const enough = turn.inputOptions().minConfidence
  const clear = heard.filter(({ confidence }) => confidence >= enough)
  if (clear.length === 0) return undefined
  return find(turn, (flow) =>
    flow.hotkeys.find(
      ({ hotkey, words }) =>
        !(hotkey.emergency && turn.state.status === 'queued') &&
        hears(hotkey, turn) &&
        !hotkey.rest &&
        (isKey(hotkey, clear, turn) || isPhrase(words, clear, turn)),
    ),
  )
}

/** A command written out, with what it is about. What is asked for in so many words is no command. */
export function findCommand(heard: Heard[], turn: Turn): Pressed | undefined {
  const [first] = heard
  if (first?.by !== 'text' || turn.context.channel === 'voice' || takesAnyWords(turn))
    return undefined
  const said = first.text.slice(0, MAX_COMMAND).normalize('NFKC')
  const found = find(turn, (flow) =>
    flow.hotkeys.find(({ hotkey, command }) => command?.test(said) && hears(hotkey, turn)),
  )
  const rest = found?.command?.exec(said)?.[1]?.trim()
  return found && rest ? { ...found, rest } : undefined
}

/** Does this hotkey work here and now: on this channel, while waiting, inside a coded dialog? */
export function hears({ whileQueued, emergency, channels, target }: Hotkey, turn: Turn): boolean {
  const { status } = turn.state
  if (channels && !channels.includes(turn.context.channel)) return false
  if (status === 'queued') return Boolean(whileQueued) || emergency === true
  // a coded dialog can only repeat or go back by itself
  return whileQueued !== 'only' && !(status === 'dialog' && target === '@repeat')
}

function find(
  turn: Turn,
  pick: (flow: ReturnType<typeof compileFlow>) => CompiledHotkey | undefined,
): (Pressed & Pick<CompiledHotkey, 'command'>) | undefined {
  const { frames } = turn.state
  for (let depth = frames.length - 1; depth >= 0; depth--) {
    const frame = frames[depth]
    const doc = frame && turn.flowOf(frame)?.doc
    const found = doc && pick(compileFlow(doc))
    if (found) return { hotkey: found.hotkey, depth, command: found.command }
  }
  return undefined
}

function isKey(hotkey: Hotkey, heard: Heard[], turn: Turn): boolean {
  const [first] = heard
  const { status, emergency } = turn.state
  // a trembling finger must not leave the queue of the emergency desk; words still do (不等了)
  if (status === 'queued' && emergency !== undefined) return false
  if (!hotkey.dtmf || !first || first.by === 'choice') return false
  const key = asKeys(first.text) ?? (first.by === 'speech' ? spokenKey(first.text) : undefined)
  return key === hotkey.dtmf && !claimed(first, turn)
}

function isPhrase(words: string[], heard: Heard[], turn: Turn): boolean {
  return heard.some(
    (each) => words.includes(normalize(each.text)) && !(each === heard[0] && claimed(each, turn)),
  )
}

/** The block that waits understands this by itself: its own key 0, its own choice 人工. */
function claimed(heard: Heard, turn: Turn): boolean {
  if (turn.state.status !== 'wait') return false
  const { block } = turn
  return (block && definitionOf(block).claims?.(block, heard, turn)) ?? false
}

/** A question that waits for a free text would lose its answer to a command it begins like. */
function takesAnyWords(turn: Turn): boolean {
  const { block } = turn
  return turn.state.status === 'wait' && block?.type === 'ask' && block.slot.type === 'text'
}

/** Goes where the hotkey leads. */
export function press({ hotkey, depth, rest }: Pressed, turn: Turn): void {
  const { state } = turn
  turn.track(hotkey.emergency ? 'emergency' : 'hotkey', { data: { hotkey: hotkey.id } })
  if (hotkey.emergency) state.emergency = hotkey.priority ?? EMERGENCY_PRIORITY
  else turn.understood()
  switch (hotkey.target) {
    case '@repeat':
      if (state.status === 'wait') turn.askAgain()
      return
    case '@back':
      return goBack(turn)
    case '@main':
      state.frames.length = 1
      return turn.jump(turn.doc?.main ?? turn.doc?.entry ?? turn.frame.block)
    default:
      state.frames.length = depth + 1
      if (hotkey.rest) turn.frame.vars[hotkey.rest] = rest
      return turn.jump(hotkey.target)
  }
}

/** To the waiting block before this one, leaving sub-flows whose beginning is reached. */
function goBack(turn: Turn): void {
  const { frames, wait } = turn.state
  while (turn.frame.back.at(-1) === wait?.block && turn.frame.back.length > 0) turn.frame.back.pop()
  while (turn.frame.back.length === 0 && frames.length > 1) frames.pop()
  const previous = turn.frame.back.pop()
  if (previous !== undefined) turn.jump(previous)
  else if (wait && turn.state.status === 'wait') turn.ask()
  else turn.jump(turn.doc?.main ?? turn.doc?.entry ?? turn.frame.block)
}
