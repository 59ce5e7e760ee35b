/**
 * How a kind of block presents itself to content staff: its name, a sentence of help, the fields of its form and
 * what it does on each channel. The editor draws palette, form and channel table from this alone, so that a block
 * added as one file appears there by itself.
 */
import type { Channel } from './parts.ts'

/** A sentence or a name in both languages of the console. */
export interface Words {
  zh: string
  en: string
}

/** Drawers of the palette, in their order. */
export const blockGroups = ['talk', 'ask', 'decide', 'act', 'people', 'flow'] as const
export type BlockGroup = (typeof blockGroups)[number]

/** Things that flows name by id; the editor offers the ones there are. */
export type Referable =
  | 'queue'
  | 'schedule'
  | 'source'
  | 'knowledgeBase'
  | 'classifier'
  | 'ticketKind'
  | 'dialog'
  | 'mailbox'
  | 'flow'
  | 'skill'

/** Stands in a new block where an id must be chosen: such a block is a valid document that cannot be published. */
export const UNCHOSEN = '?'

/** What one edits a field with. */
export type FieldKind =
  | { kind: 'prompt' }
  /** the three of `retrySchema`, as far as the block uses them */
  | { kind: 'retry'; of: readonly ('noInput' | 'noMatch' | 'invalid')[] }
  | { kind: 'text'; multiline?: boolean }
  | { kind: 'template' }
  | { kind: 'number'; min?: number; max?: number; step?: number; unit?: Words }
  /** `default`: what holds while the property is absent */
  | { kind: 'switch'; default?: boolean }
  | { kind: 'select'; options: readonly { value: string; label: Words }[]; many?: boolean }
  | { kind: 'reference'; to: Referable; many?: boolean }
  /** a variable of the flow; `write`: one that is set, offered to be made if it is new; `many`: a list of paths */
  | { kind: 'variable'; write?: boolean; many?: boolean }
  | { kind: 'value' }
  /** name → value; names are free, or those the referred flow, source or dialog takes */
  | { kind: 'values'; names?: 'variables' | 'parameters' | 'free' }
  /** a list of {var, value}, carried out in order */
  | { kind: 'assignments' }
  /** variable of this flow → path in the one called */
  | { kind: 'results' }
  /** of the flow called: a number, or the live one */
  | { kind: 'version' }
  /** scores with their keys and labels */
  | { kind: 'scale' }
  | { kind: 'condition' }
  | { kind: 'cases' }
  | { kind: 'choices' }
  | { kind: 'intents' }
  | { kind: 'languages' }
  | { kind: 'slot' }
  | { kind: 'input' }
  | { kind: 'json' }

export type FieldDescription = FieldKind & {
  /** property of the block; dots lead inwards: `retry.noMatch` */
  path: string
  label: Words
  help?: Words
  required?: boolean
  /** folded away until asked for */
  advanced?: boolean
}

/** How a block fares on a channel. `never`: it cannot work there; `other`: it does something else instead. */
export interface OnChannel {
  works: 'yes' | 'other' | 'never'
  does: Words
}

export interface BlockDescription {
  name: Words
  /** one sentence */
  help: Words
  group: BlockGroup
  /** what stands in a new block besides `type` and `out`; prompts are filled in per language by the editor */
  initial: Record<string, unknown>
  fields: readonly FieldDescription[]
  /** names of the exits that are not the block's own choices, cases, intents */
  exits: Record<string, Words>
  /** one entry per channel, or `written` for all that are not said apart */
  channels: Partial<Record<Channel | 'written', OnChannel>>
}
