/** Fields and names of exits that many blocks describe in the same words. */
import type { FieldDescription, FieldKind, Words } from '../description.ts'

type Field<K extends FieldKind['kind']> = Extract<FieldDescription, { kind: K }>

export const promptField = (label: Words, more: Partial<Field<'prompt'>> = {}) =>
  ({ path: 'prompt', kind: 'prompt', label, ...more }) as const satisfies FieldDescription

/** What is said when an answer is missing; `of` as far as the block says it. */
export const retryField = (
  of: Field<'retry'>['of'] = ['noInput', 'noMatch'],
): FieldDescription => ({
  path: 'retry',
  kind: 'retry',
  of,
  label: { zh: '重问时怎么说', en: 'When asking again' },
  help: {
    zh: '留空就重复原来的提示。',
    en: 'Left empty, the prompt is repeated.',
  },
  advanced: true,
})

export const inputField: FieldDescription = {
  path: 'input',
  kind: 'input',
  label: { zh: '怎样听取回答', en: 'How answers are taken' },
  help: {
    zh: '只填与整个流程不同的地方。',
    en: 'Fill in only what differs from the rest of the flow.',
  },
  advanced: true,
}

export const setField = (
  label: Words,
  more: Partial<Field<'variable'>> = {},
): FieldDescription => ({ path: 'set', kind: 'variable', write: true, label, ...more })

/** Exits by their usual names. */
export const exitNames = {
  next: { zh: '继续', en: 'Next' },
  noMatch: { zh: '一直没听懂', en: 'Never understood' },
  noInput: { zh: '一直没回应', en: 'Never answered' },
  other: { zh: '说了别的', en: 'Said something else' },
  error: { zh: '出错', en: 'Error' },
  failed: { zh: '没有成功', en: 'Failed' },
  closed: { zh: '下班时间', en: 'Closed' },
  timeout: { zh: '等太久', en: 'Waited too long' },
  after: { zh: '人工结束后', en: 'After the agent' },
  returned: { zh: '人工交还', en: 'Handed back' },
  cancelled: { zh: '不等了', en: 'Gave up waiting' },
} as const satisfies Record<string, Words>

export const builtInWords: Words = {
  zh: '留空用系统自带的说法。',
  en: 'Left empty: built-in words.',
}

/** How urgent a hand-off is. */
export const priorityField: FieldDescription = {
  path: 'priority',
  kind: 'number',
  min: 0,
  max: 9,
  label: { zh: '优先级', en: 'Priority' },
  help: {
    zh: '0 最急,9 最不急;留空用队列的设置。',
    en: '0 most urgent, 9 least; left empty: as the queue says.',
  },
  advanced: true,
}

/** What the agent shall see. */
export const attachField: FieldDescription = {
  path: 'attach',
  kind: 'variable',
  many: true,
  label: { zh: '给客服看的变量', en: 'Shown to the agent' },
  help: {
    zh: '声明为“给客服看”的变量不用再选。',
    en: 'Those declared as shown to agents need not be chosen.',
  },
  advanced: true,
}
