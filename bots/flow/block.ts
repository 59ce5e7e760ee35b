import type { z } from 'zod'
import type { BlockDescription } from './description.ts'
import type { Block, BlockOf, BlockType, InputOptions, Prompt, Retry } from './schema.ts'
import type { Heard } from './slots/slot.ts'
import type { EffectOf, FlowInput, ShownChoice } from './state.ts'
import type { Turn } from './turn.ts'

/** Exits: `required` ones must be connected, `optional` ones have a stand-in. */
export interface Ports {
  required: string[]
  optional: string[]
}

/** What a block that listens asks at this moment; said, repeated and timed by the engine. */
export interface Asking {
  prompt?: Prompt
  retry?: Retry
  choices?: ShownChoice[]
  /** see the listen effect */
  expects: string
  hints?: string[]
  /** not only these: any words are an answer */
  open?: boolean
  /** every choice in its own language, as in the choice of a language */
  ownLang?: boolean
  /** on voice a recording is made instead of listening */
  record?: { mailbox: string; maxSeconds: number; minSeconds: number }
  input?: Partial<InputOptions>
  /** how keys are collected, as far as flow and block do not say */
  dtmf?: InputOptions['dtmf']
  /** further exits to try when the person cannot be understood */
  giveUp?: string[]
  /** values the prompt may name although they are not stored (an answer being confirmed) */
  values?: Record<string, unknown>
}

export type Result = Extract<FlowInput, { in: 'result' }>

/** One kind of block. One file per kind, all listed in registry.ts. */
export interface BlockDefinition<B extends Block = Block> {
  type: B['type']
  schema: z.ZodType<B>
  /** what content staff see of it */
  description: BlockDescription
  ports(block: B): Ports
  /** every prompt with the name of its field, for the validator and the recording studio */
  prompts?(block: B): [field: string, prompt: Prompt | undefined][]
  /** `person` waits for an input, `service` for the host, `agent` for people in a queue, `call` for a telephone outside */
  waits?: 'person' | 'service' | 'agent' | 'call'
  enter(block: B, turn: Turn): void
  /** only blocks that wait for a person */
  asks?(block: B, turn: Turn): Asking
  answer?(block: B, heard: Heard[], turn: Turn): void
  /** what silence means, where it is no miss */
  silence?(block: B, turn: Turn): boolean
  /** understands this by itself, so that no hotkey may take it */
  claims?(block: B, heard: Heard, turn: Turn): boolean
  /** only blocks that call a service */
  result?(block: B, result: Result, turn: Turn): void
  /** something the block waits for came to pass outside; false: not of its concern */
  event?(block: B, event: Extract<FlowInput, { in: 'event' }>, turn: Turn): boolean
}

/** Gives a definition its exact block type. */
export function defineBlock<T extends BlockType>(
  definition: BlockDefinition<BlockOf<T>> & { type: T },
): BlockDefinition<BlockOf<T>> & { type: T } {
  return definition
}

export type SayExtra = Partial<
  Pick<EffectOf<'say'>, 'choices' | 'final' | 'cards' | 'personal'>
> & {
  /** see `input.sayChoices` and `Asking.ownLang` */
  ear?: { sayChoices?: boolean; ownLang?: boolean }
}
