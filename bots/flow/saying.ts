import type { SayExtra } from './block.ts'
import { sayEffects, textSays } from './prompt.ts'
import type { Prompt } from './schema.ts'
import { Scope } from './scope.ts'
import type { Effect, Vars } from './state.ts'

/** What a turn says and notes down, in the order it is to happen. */
export class Saying extends Scope {
  readonly effects: Effect[] = []

  get byPhone(): boolean {
    return this.context.channel === 'voice'
  }

  say(prompt: Prompt | undefined, extra: SayExtra = {}): void {
    if (prompt) this.effects.push(...sayEffects(prompt, this, extra))
  }

  /** Says a prompt that may name values which are stored nowhere. */
  sayWith(prompt: Prompt | undefined, values: Vars, extra: SayExtra = {}): void {
    this.shown = values
    this.say(prompt, extra)
    this.shown = {}
  }

  /** Says a text that comes from a service, as it is: no template of ours, no recording. */
  sayText(text: string, extra: SayExtra = {}): void {
    if (text) this.effects.push(...textSays(text, this, extra))
  }

  track(event: string, more: { port?: string; data?: Record<string, unknown> } = {}): void {
    const { flow, version, block } = this.frame
    this.effects.push({ fx: 'track', event, flow, version, block, ...more })
  }
}
