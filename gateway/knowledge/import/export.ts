/** All entries as a table that this room reads back without loss. */
import { csv } from '../../measures/csv.ts'
import type { Category, StoredEntry } from '../model.ts'

export function exportCsv(entries: StoredEntry[], categories: Category[]): string {
  const langs =
    [...new Set(entries.flatMap(({ question, answer }) => [...Object.keys(question), ...Object.keys(answer)]))] // prettier-ignore
      .sort((a, b) => Number(b === 'zh-CN') - Number(a === 'zh-CN') || (a < b ? -1 : 1))
  const names = new Map(categories.map(({ _id, name }) => [_id, name.zh]))
  const headings = [
    'id',
    '分类 category',
    ...langs.flatMap((lang) => [`问题 question (${lang})`, `其他问法 variants (${lang})`, `答案 answer (${lang})`]), // prettier-ignore
    '关键词 keywords',
    '来源 source',
    '生效 valid from',
    '失效 valid until',
    '已审核 approved',
  ]
  const rows = entries.map((entry) => [
    entry._id,
    names.get(entry.category) ?? entry.category,
    ...langs.flatMap((lang) => [
      entry.question[lang] ?? '',
      listed(entry.variants?.[lang] ?? []),
      entry.answer[lang] ?? '',
    ]),
    listed(entry.keywords ?? []),
    entry.source,
    entry.validFrom ?? '',
    entry.validUntil ?? '',
    entry.approved ? '是 yes' : '否 no',
  ])
  // an apostrophe of our own before one that stands there, since the reader takes one away
  return csv([headings, ...rows.map((row) => row.map((cell) => cell.replace(/^'/, "''")))])
}

/** A line each; a single one with a bar in it stands twice, so that it is not taken for two. */
const listed = (words: readonly string[]): string =>
  words.length === 1 && /[||、,,;;]/.test(words[0]!) ? `${words[0]}\n${words[0]}` : words.join('\n')
