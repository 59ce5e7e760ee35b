/** Conditions as a person puts them together: groups of lines, each of which may be denied. */
import { operators } from '../../../../bots/flow/parts.ts'
import type { Operator } from '../../../../bots/flow/parts.ts'
import { asList, isObject } from '../doc.ts'
import type { Loose } from '../doc.ts'
import type { VarType } from './variables.ts'

export interface ConditionView {
  not: boolean
  kind: 'all' | 'any' | 'line'
  /** of a group */
  parts: unknown[]
  /** of a line */
  line: Loose
}

export function conditionView(condition: unknown): ConditionView {
  const held = isObject(condition) ? condition : {}
  if ('not' in held) {
    const inner = conditionView(held['not'])
    return { ...inner, not: !inner.not }
  }
  for (const kind of ['all', 'any'] as const)
    if (kind in held) return { not: false, kind, parts: asList(held[kind]), line: {} }
  return { not: false, kind: 'line', parts: [], line: held }
}

export function conditionOf({ not, kind, parts, line }: ConditionView): unknown {
  const plain = kind === 'line' ? line : { [kind]: parts }
  return not ? { not: plain } : plain
}

const equal: Operator[] = ['==', '!=', 'in']
const order: Operator[] = ['<', '<=', '>', '>=']
const filled: Operator[] = ['notEmpty', 'empty']
const fitting: Record<VarType, Operator[]> = {
  text: [...equal, 'contains', 'matches', ...filled],
  phone: [...equal, 'contains', 'matches', ...filled],
  number: [...equal, ...order, ...filled],
  date: [...equal, ...order, ...filled],
  bool: ['==', '!=', ...filled],
  list: ['contains', ...filled],
  object: filled,
  media: filled,
  channel: equal,
  lang: equal,
}

/** Operators that make sense for a variable of this type; one that is used already is among them. */
export function operatorsFor(type: VarType | undefined, used: unknown): Operator[] {
  const list = type === undefined ? [...operators] : fitting[type]
  const kept = operators.find((each) => each === used)
  return kept && !list.includes(kept) ? [...list, kept] : list
}

export const takesValue = (operator: unknown): boolean =>
  operator !== 'empty' && operator !== 'notEmpty'
