/** What the bot learned, as rows to read: the menu trail apart, empty values left out. Pure. */
export interface ContextRows {
  trail: string[]
  rows: { name: string; value: string }[]
}

/** where the bot keeps its own place in the flow; the trail says it better */
const forTheBot = ['flow', 'trail']

/** @param lang of the console: steps are told in both languages of it */
export function contextRows(
  context: Record<string, unknown>,
  lang: 'zh' | 'en' = 'zh',
): ContextRows {
  // steps are `flow:block`; the flow is said once, where it changes
  let flow: string | undefined
  const steps: unknown[] = Array.isArray(context['trail']) ? context['trail'] : []
  const trail = steps.map((each) => {
    if (isStep(each)) {
      const same = each.flow === flow
      flow = each.flow
      return same ? each[lang] : `${each.flowName} › ${each[lang]}`
    }
    // conversations of earlier versions: ids
    const step = readable(each)
    const [place, block] = step.split(':', 2)
    const same = place === flow
    flow = block === undefined ? undefined : place
    return same && block !== undefined ? block : step
  })
  const rows = Object.entries(context)
    .filter(([name]) => !forTheBot.includes(name))
    .map(([name, value]) => ({ name, value: readable(value) }))
    .filter(({ value }) => value !== '')
  return { trail, rows }
}

/** as bots/flow/handoff-context.ts writes it */
type Step = Record<'flow' | 'flowName' | 'zh' | 'en', string>
const isStep = (each: unknown): each is Step =>
  typeof each === 'object' && each !== null && 'flowName' in each && 'zh' in each && 'en' in each

function readable(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(readable).filter(Boolean).join(', ')
  if (typeof value !== 'object') return String(value)
  const entry = value as Record<string, unknown>
  const label = entry['label'] ?? entry['title'] ?? entry['name'] ?? entry['text']
  if (typeof label === 'string') return label
  const { serial, statusText } = entry
  if (typeof serial === 'string') return [serial, statusText].filter(Boolean).join(' · ')
  return Object.entries(entry)
    .map(([name, inner]) => [name, readable(inner)] as const)
    .filter(([, inner]) => inner !== '')
    .map(([name, inner]) => `${name}: ${inner}`)
    .join(', ')
}
