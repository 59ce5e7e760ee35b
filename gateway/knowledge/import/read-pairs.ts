import { normalise } from '../../../bots/nlu/normalise.ts'
import type { ReadRow, RowProblem } from './imported-row.ts'
import { LIMITS } from './imported-row.ts'
import { keyOf } from './read-table.ts'

const ASKED = /^(?:(?:问题?|提问|q(?:uestion)?)\s*\d{0,3}\s*[::.、]|#{1,6}\s+)\s*/iu
const ANSWERED = /^(?:答案?|回答|答复|a(?:nswer)?)\s*\d{0,3}\s*[::.、]\s*/iu
const NUMBER = /^(?:第?[\d一二三四五六七八九十]{1,4}[.、))\]章节条]|[((]\d{1,3}[))])\s*/u
const MAX_QUESTION_LINE = 120
const HAN = /\p{Script=Han}/u

/**
 * Questions and answers of a text: lines marked 问:/答: or Q:/A:; else each short line that ends in a
 * question mark begins one, and what follows is its answer.
 * @returns the pairs, and how many lines before the first question belong to none
 */
export function readPairs(paragraphs: readonly string[]): { rows: ReadRow[]; skipped: number } {
  const lines = paragraphs.flatMap((paragraph, index) =>
    paragraph
      .split(/\r?\n/)
      .map((text) => ({ text: text.trim(), row: index + 1 }))
      .filter(({ text }) => text),
  )
  const marked = lines.some(({ text }) => ASKED.test(text))
  const asks = (text: string): string | undefined => {
    if (marked) return ASKED.test(text) ? text.replace(ASKED, '') : undefined
    const bare = text.replace(NUMBER, '')
    return bare.length <= MAX_QUESTION_LINE && /[??]$/.test(bare) ? bare : undefined
  }
  const pairs: { row: number; question: string; answer: string[] }[] = []
  let skipped = 0
  for (const { text, row } of lines) {
    // 问:…… 答:…… may share a line
    const question = asks(text)
    const current = pairs.at(-1)
    if (question !== undefined) {
      const [asked, ...answer] = question.split(/(?<=[??。\s])答\s*[::]\s*/u)
      pairs.push({ row, question: asked!.trim(), answer: answer.length ? [answer.join(' ')] : [] })
    } else if (current) current.answer.push(text.replace(ANSWERED, ''))
    else skipped++
  }
  const seen = new Set<string>()
  const rows = pairs.map(({ row, question, answer }) => {
    const lang = HAN.test(question) ? 'zh-CN' : 'en'
    const told = answer.join('\n').trim()
    const problems: RowProblem[] = []
    if (!normalise(question)) problems.push('noQuestion')
    if (!told) problems.push('noAnswer')
    if (question.length > LIMITS.question || told.length > LIMITS.answer) problems.push('tooLong')
    if (seen.has(keyOf(lang, question))) problems.push('repeated')
    seen.add(keyOf(lang, question))
    return {
      draft: { row, question: { [lang]: question }, answer: { [lang]: told }, variants: {} },
      problems,
    }
  })
  return { rows, skipped }
}
