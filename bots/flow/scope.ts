import { holds } from './condition.ts'
import { readPath } from './path.ts'
import { inLang } from './per-lang.ts'
import type { Block, Condition, FlowDoc, Lang, Value, VoiceChoice } from './schema.ts'
import type { SlotContext } from './slots/slot.ts'
import type { FlowState, Frame, PublishedFlow, TurnContext, Vars, Wait } from './state.ts'
import { evaluate, evaluateAll, render } from './template.ts'
import { variable } from './variables.ts'
import { voiceIn } from './voices.ts'

const DEFAULT_TIMEZONE = 'Asia/Shanghai'

/**
 * Where a turn stands and what it can see from there: the frame on top, its document and block,
 * and the variables by name.
 */
export class Scope {
  readonly state: FlowState
  readonly context: TurnContext
  /** values a prompt may name although they are not stored */
  protected shown: Vars = {}
  private flowNow: PublishedFlow | undefined

  constructor(state: FlowState, context: TurnContext) {
    this.state = state
    this.context = context
  }

  get frame(): Frame {
    const frame = this.state.frames.at(-1)
    if (!frame) throw new Error('a flow state has at least one frame')
    return frame
  }

  flowOf(frame: Frame): PublishedFlow | undefined {
    const now = this.flowNow
    if (now && now.id === frame.flow && now.version === frame.version) return now
    return (this.flowNow = this.context.flow(frame.flow, frame.version))
  }

  get doc(): FlowDoc | undefined {
    return this.flowOf(this.frame)?.doc
  }

  get block(): Block | undefined {
    const blocks = this.doc?.blocks
    return blocks && Object.hasOwn(blocks, this.frame.block) ? blocks[this.frame.block] : undefined
  }

  get wait(): Wait | undefined {
    return this.state.wait
  }

  slotContext(): SlotContext {
    return {
      lang: this.state.lang,
      nowMs: this.context.nowMs,
      timezone: this.doc?.timezone ?? DEFAULT_TIMEZONE,
    }
  }

  /** Bound, so that it can be handed to templates and conditions. */
  readonly lookup = (path: string): unknown => {
    const dot = path.indexOf('.')
    const root = dot < 0 ? path : path.slice(0, dot)
    const value = Object.hasOwn(this.shown, root) ? this.shown[root] : variable(root, this)
    return dot < 0 ? value : readPath(value, path.slice(dot + 1))
  }

  value(value: Value): unknown {
    return evaluate(value, this.lookup)
  }

  values(values: Record<string, Value> | undefined): Vars {
    return evaluateAll(values, this.lookup)
  }

  holds(condition: Condition): boolean {
    return holds(condition, this.lookup)
  }

  /** Who speaks a text in this language, and how fast; what is read is spoken by nobody. */
  voiceFor(lang: Lang, own?: VoiceChoice): VoiceChoice {
    const { state, context, frame } = this
    if (context.channel !== 'voice') return {}
    const docs = state.frames.map((each) =>
      each === frame ? this.doc : context.flow(each.flow, each.version)?.doc,
    )
    return voiceIn(docs, lang, own)
  }

  /** A label in the language of the moment. */
  text(labels: Record<Lang, string>): string {
    const found = inLang(labels, this.state.lang, this.doc?.defaultLang ?? this.state.lang)
    return found ? render(found.entry, this.lookup) : ''
  }
}
