/**
 * Reading a flow document that may be half written: a draft is shown whatever state it is in, so
 * nothing here trusts the schema.
 */
export type Doc = Record<string, unknown>
export type Loose = Record<string, unknown>

export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const asObject = (value: unknown): Loose => (isObject(value) ? value : {})
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const asString = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const blocksOf = (doc: Doc): Record<string, Loose> =>
  Object.fromEntries(Object.entries(asObject(doc['blocks'])).map(([id, b]) => [id, asObject(b)]))

/** What a block says, in the order a person meets it. */
export interface Said {
  /** prompt, confirm, retry.noMatch … */
  part: string
  lang: string
  text: string
  /** other wordings, and what is spoken or shown elsewhere instead */
  more: string[]
}

const parts = ['wait', 'prompt', 'offer', 'confirm', 'comment'] as const
const retries = ['noInput', 'noMatch', 'invalid'] as const

export function saidBy(block: Loose, langs: readonly string[]): Said[] {
  const retry = asObject(block['retry'])
  return [
    ...parts.flatMap((part) => said(part, block[part], langs)),
    ...retries.flatMap((part) => said(part, retry[part], langs)),
  ]
}

function said(part: string, prompt: unknown, langs: readonly string[]): Said[] {
  if (!isObject(prompt)) return []
  const order = [...new Set([...langs, ...Object.keys(prompt)])]
  return order.flatMap((lang) => {
    const variant = asObject(prompt[lang])
    const text = asString(variant['text'])
    if (text === undefined) return []
    const more = [...asList(variant['alternatives']), variant['speak']].flatMap(
      (each) => asString(each) ?? [],
    )
    return [{ part, lang, text, more }]
  })
}

/** `在{{lang}}` conditions in one line, as a person would say them. */
export function conditionText(condition: unknown): string {
  if (!isObject(condition)) return '?'
  if (Array.isArray(condition['all'])) return condition['all'].map(conditionText).join(' & ')
  if (Array.isArray(condition['any'])) return condition['any'].map(conditionText).join(' | ')
  if ('not' in condition) return `! (${conditionText(condition['not'])})`
  const right = 'value' in condition ? ` ${valueText(condition['value'])}` : ''
  return `${String(condition['var'])} ${String(condition['op'])}${right}`
}

export function valueText(value: unknown): string {
  if (!isObject(value)) return '?'
  if ('var' in value) return `{{${String(value['var'])}}}`
  if ('template' in value) return `“${String(value['template'])}”`
  return JSON.stringify(value['literal']) ?? '?'
}
