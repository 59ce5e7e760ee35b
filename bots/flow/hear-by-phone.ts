import type { Asking } from './block.ts'
import { compileFlow } from './compiled.ts'
import type { CompiledHotkey } from './compiled.ts'
import { hears } from './hotkeys.ts'
import { answerHints, isOpen, keyHints } from './slots/hints.ts'
import type { InputOptions } from './schema.ts'
import type { EffectOf } from './state.ts'
import type { Turn } from './turn.ts'

/** Between two keys of one answer; people read long numbers off a paper. */
const INTER_DIGIT_MS = 3000
/** Waiting for an agent is no question: nothing counts as no answer (an hour, the longest there is). */
const NO_TIMEOUT_MS = 3_600_000

type Listening = Pick<EffectOf<'listen'>, 'options' | 'hints' | 'open' | 'instant'>

/**
 * What a telephone must know to listen for this answer: how keys are collected, and the words that mean
 * something here: those of the answer, of the hotkeys, and cries for help.
 */
export function listenByPhone(turn: Turn, asking: Asking, options: InputOptions): Listening {
  const hotkeys = hotkeysNow(turn)
  const keys = [
    ...(asking.choices ?? []).flatMap(({ key }) => key ?? []),
    ...hotkeys.flatMap(({ hotkey }) => hotkey.dtmf ?? []),
  ]
  const { lang } = turn.state
  const open = asking.open ?? isOpen(asking.expects)
  const instant = hotkeys.flatMap(({ hotkey: { dtmf } }) => (dtmf && !/\d/.test(dtmf) ? dtmf : []))
  const dtmf = keypad(options.dtmf)
  return {
    options: { ...options, dtmf },
    hints: [
      ...new Set([
        ...(asking.hints ?? []),
        ...(asking.choices ?? []).map(({ label }) => label),
        ...answerHints(asking.expects, lang),
        ...keyHints([...new Set(keys)], lang),
        ...hotkeys.flatMap(({ hotkey }) => hotkey.say?.[lang] ?? []),
      ]),
    ],
    ...(open ? { open: true } : {}),
    ...(instant.length > 0 && (dtmf.maxDigits ?? 1) > 1 ? { instant } : {}),
  }
}

/** While waiting for an agent: the keys and words that still do something; undefined if none does. */
export function listenInQueue(turn: Turn, options: InputOptions): Listening | undefined {
  const hotkeys = hotkeysNow(turn)
  if (hotkeys.length === 0) return undefined
  const maxDigits = Math.max(1, ...hotkeys.map(({ hotkey }) => hotkey.dtmf?.length ?? 0))
  const asking = { expects: 'queue', dtmf: { maxDigits } }
  const patient = { ...options, timeoutMs: NO_TIMEOUT_MS, bargeIn: true, dtmf: { maxDigits } }
  return listenByPhone(turn, asking, patient)
}

function keypad(dtmf: InputOptions['dtmf']): NonNullable<InputOptions['dtmf']> {
  const maxDigits = dtmf?.maxDigits ?? 1
  return { ...(maxDigits > 1 ? { interDigitMs: INTER_DIGIT_MS } : {}), ...dtmf, maxDigits }
}

/** Hotkeys and emergencies of all flows on the stack that are heard at this moment. */
function hotkeysNow(turn: Turn): CompiledHotkey[] {
  return turn.state.frames.toReversed().flatMap((frame) => {
    const doc = turn.flowOf(frame)?.doc
    return doc ? compileFlow(doc).hotkeys.filter(({ hotkey }) => hears(hotkey, turn)) : []
  })
}
