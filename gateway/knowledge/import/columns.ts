/** What the columns of somebody's table mean, told by their headings in Chinese or English. */

/** `question.zh-CN`, `answer.en`, `variants.ja`; without a language it is that of the row, or guessed. */
export type Column =
  | `${'question' | 'answer' | 'variants'}${'' | `.${string}`}`
  | 'category'
  | 'keywords'
  | 'source'
  | 'validFrom'
  | 'validUntil'
  | 'lang'
  | 'id'

const FIELDS: [string, RegExp][] = [
  ['validFrom', /生效|开始日期|起始|valid ?from|start ?date|from$/],
  ['validUntil', /失效|截止|结束日期|到期|有效期至|valid ?(until|to)|end ?date|expir|until$/],
  [
    'variants',
    /其他问法|相似问|相似问题|扩展问|问法|别名|variant|wording|paraphrase|alternative|similar/,
  ],
  ['answer', /答案|回答|答复|回复|解答|内容|^答$|answer|reply|response|^a$/],
  ['question', /问题|标准问|提问|标题|^问$|question|title|^q$/],
  ['category', /分类|类别|类型|栏目|category|topic|section/],
  ['keywords', /关键词|关键字|标签|keyword|tags?$/],
  ['source', /来源|出处|依据|source|reference/],
  ['lang', /^语言|语种|^lang(uage)?$|locale/],
  ['id', /^(id|编号|entry ?id)$/],
]
const LANGS: [string, RegExp][] = [
  ['zh-CN', /zh|中文|汉语|普通话|chinese|mandarin/],
  ['en', /\ben\b|英文|英语|english/],
  ['ja', /\bja\b|日文|日语|japanese/],
  ['ko', /\bko\b|韩文|韩语|korean/],
  ['yue', /yue|粤语|cantonese/],
]
const BY_LANG = new Set(['question', 'answer', 'variants'])

/** @returns a column per heading, undefined where it means nothing to us */
export function columnsOf(headings: readonly string[]): (Column | undefined)[] {
  const taken = new Set<string>()
  return headings.map((heading) => {
    const column = columnOf(heading)
    // of two columns of one meaning the first counts; the other may be mapped by hand
    if (!column || taken.has(column)) return undefined
    taken.add(column)
    return column
  })
}

export function langOf(words: string): string | undefined {
  const text = words.normalize('NFKC').trim().toLowerCase()
  if (/^[a-z]{2,3}(-[a-z]{2,4})?$/.test(text)) {
    const [family, region] = text.split('-')
    if (family === 'zh') return region ? `zh-${region.toUpperCase()}` : 'zh-CN'
    if (!region) return family
    return `${family}-${region.length === 2 ? region.toUpperCase() : region}`
  }
  return LANGS.find(([, pattern]) => pattern.test(text))?.[0]
}

function columnOf(heading: string): Column | undefined {
  const text = heading.normalize('NFKC').trim().toLowerCase().replaceAll('_', ' ')
  const tag = /\(([a-z]{2,3}(?:-[a-z]{2,4})?)\)/.exec(text)?.[1]
  const bare = text.replace(/\([^)]*\)/g, ' ').trim()
  const field = FIELDS.find(([, pattern]) => pattern.test(bare))?.[0]
  if (!field) return undefined
  if (!BY_LANG.has(field)) return field as Column
  const lang = tag ? langOf(tag) : LANGS.find(([, pattern]) => pattern.test(text))?.[0]
  return (lang ? `${field}.${lang}` : field) as Column
}
