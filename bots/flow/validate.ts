import { Check } from './rules/check.ts'
import { checkChoices } from './rules/choices.ts'
import { checkCustom } from './rules/custom.ts'
import { checkExits } from './rules/exits.ts'
import { checkHotkeys } from './rules/hotkeys.ts'
import { checkPaths } from './rules/paths.ts'
import { checkPrompts } from './rules/prompts.ts'
import type { ProblemCode, Severity } from './rules/problems.ts'
import { checkReferences } from './rules/references.ts'
import { checkVariables } from './rules/variables.ts'
import { checkVoices } from './rules/voices.ts'
import type { BlockId, Channel, FlowDoc, Lang } from './schema.ts'

export type { ProblemCode, Severity } from './rules/problems.ts'

/** What a flow may refer to. A list left out is not checked. */
export interface Environment {
  queues?: Iterable<string>
  schedules?: Iterable<string>
  sources?: Iterable<string>
  knowledgeBases?: Iterable<string>
  classifiers?: Iterable<string>
  ticketKinds?: Iterable<string>
  dialogs?: Iterable<string>
  /** ids of the custom blocks there are (docs/extending.md) */
  customBlocks?: Iterable<string>
  /** where voicemail goes */
  mailboxes?: Iterable<string>
  /** ids of recordings */
  media?: Iterable<string>
  /** voices of the speech engines; one that speaks several languages comes once for each */
  voices?: Iterable<{ id: string; locale: string }> | undefined
  /** all flows, this one among them or not */
  flows?: Iterable<FlowDoc>
  /** channels this flow is for, default all */
  channels?: Channel[]
  /** how a Chinese phrase sounds (`loadPinyin()`); without it HOMOPHONE is not checked */
  soundOf?: (phrase: string) => string
}

export interface Problem {
  code: ProblemCode
  severity: Severity
  block?: BlockId
  lang?: Lang
  /** path inside the block or, without one, the document, where that can be known: `prompt`, `choices.0.dtmf` */
  field?: string
  /** set where only this channel suffers */
  channel?: Channel
  /** what is wrong and how to mend it */
  zh: string
  en: string
}

/**
 * Everything wrong with a flow, errors first. A flow with errors must not be published; one
 * without them cannot leave a person in silence.
 */
export function validate(doc: FlowDoc, environment: Environment = {}): Problem[] {
  const check = new Check(doc, environment)
  checkExits(check)
  checkPaths(check)
  checkPrompts(check)
  checkVoices(check)
  checkVariables(check)
  checkChoices(check)
  checkReferences(check)
  checkCustom(check)
  checkHotkeys(check)
  return check.problems.sort((a, b) => rank(a) - rank(b))
}

const rank = ({ severity }: Problem) => (severity === 'error' ? 0 : 1)

export const hasErrors = (problems: Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error')
