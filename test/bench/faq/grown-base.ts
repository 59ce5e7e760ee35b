import type { KnowledgeEntry } from '../../../bots/nlu/entry.ts'

/** So many entries: the sample's, then ones mixed from its pieces, so that words spread as they do there. */
export function grownBase(sample: KnowledgeEntry[], size: number): KnowledgeEntry[] {
  const pieces = (lang: string) =>
    sample.flatMap(({ question, answer }) =>
      `${question[lang]},${answer[lang]}`.split(/[,。;?:、,.;?:]/).filter((piece) => piece.trim()),
    )
  const pools = { 'zh-CN': pieces('zh-CN'), en: pieces('en') }
  let seed = 1
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  const some = (lang: keyof typeof pools, count: number) =>
    Array.from({ length: count }, () => pools[lang][random(pools[lang].length)]).join(' ')
  const mixed = (lang: keyof typeof pools) => ({
    question: some(lang, 1),
    variants: [some(lang, 1), some(lang, 1), some(lang, 1)],
    answer: some(lang, 4),
  })
  return Array.from({ length: size }, (_, index) => {
    const own = sample[index]
    if (own) return own
    const zh = mixed('zh-CN')
    const en = mixed('en')
    return {
      ...{ id: `mixed-${index}`, category: 'mixed', source: 'bench', approved: true },
      question: { 'zh-CN': zh.question, en: en.question },
      variants: { 'zh-CN': zh.variants, en: en.variants },
      answer: { 'zh-CN': zh.answer, en: en.answer },
    }
  })
}
