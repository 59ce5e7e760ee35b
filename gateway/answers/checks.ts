/** What a model's answer must pass before a caller hears it. All of it is plain code: no model judges another. */
import { contentPieces, grams } from '../../bots/nlu/chinese.ts'
import { STOP_WORDS, stem } from '../../bots/nlu/english.ts'
import { normalise, runsOf } from '../../bots/nlu/normalise.ts'
import { strangeFigure } from './figures.ts'

export type Refusal =
  | 'unreadable'
  | 'unknown'
  | 'noCitation'
  | 'wrongCitation'
  | 'figure'
  | 'promise'
  | 'link'
  | 'language'
  | 'length'
  | 'unsupported'

export interface Passage {
  id: string
  question: string
  answer: string
}

export interface Draft {
  answer: string
  /** numbers of passages, from 1 */
  cites: number[]
}

export interface Check {
  refusal: Refusal
  /** what gave it away */
  detail?: string
}

/** Who asks us to call back, to pay or to have done something gets a person or a ticket, never a sentence. */
const PROMISES = [
  /(我们|我|本热线|客服|专员|工作人员|同事|人工)[^。!?,;]{0,8}(会|将)[^。!?;]{0,14}(回电|回复您|联系您|通知您|致电|安排|退款|退还|赔偿|赔付|补偿|跟进|上报|派人|送到|寄给)/u,
  /(已|已经)(为|帮|给|替)?(您|你)?[^。!?,]{0,6}(登记|预订|预约|预留|退款|转接|取消|申请|安排|下单|报警)(好|完成|成功|了)?/u,
  /(保证|承诺|担保|包您|一定能(退|赔|办)|百分之百)/u,
  /(为|帮|给|替)您(登记|预订|预约|退款|转接|取消|申请|安排|下单|报警)/u,
  /\b(i|we|someone|an? (agent|colleague|specialist)|our (team|staff))('ll| will| shall| am going to| are going to)\s+(?:\w+\s+){0,3}?(call|contact|ring|email|e-mail|text|refund|compensate|arrange|send|get back|follow up|notify|book|reserve|escalate|transfer)\b/iu,
  /\b(i|we)('ve| have)\s+(?:\w+\s+){0,2}?(booked|reserved|registered|refunded|cancelled|canceled|transferred|escalated|arranged|sent|filed)\b/iu,
  /\byou will (?:\w+\s+){0,2}?(be (contacted|called|refunded|compensated)|receive (a (call|refund)|your money))\b/iu,
  /\b(guarantee|guaranteed|promise|promised)\b/iu,
]
const LINK =
  /\bhttps?:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:com|cn|net|org|gov|io)\b(?:\/\S*)?/giu
const MARKUP = /<\/?[a-z][^>]*>|\]\(|```/iu
/** Share of what the answer says that its passages say too; what only the question says may be an order. */
const SUPPORTED = { han: 0.45, latin: 0.6 }
const HAN = /\p{Script=Han}/gu

/** The first thing wrong with it; undefined when it may be told. */
export function checkAnswer(
  { answer, cites }: Draft,
  passages: readonly Passage[],
  { lang, maxChars }: { lang: string; maxChars: number },
): Check | undefined {
  const text = answer.trim()
  if (!text) return { refusal: 'unknown' }
  if ([...text].length > maxChars) return { refusal: 'length', detail: String([...text].length) }
  if (cites.length === 0) return { refusal: 'noCitation' }
  const wrong = cites.find((cite) => passages[cite - 1] === undefined)
  if (wrong !== undefined) return { refusal: 'wrongCitation', detail: String(wrong) }
  const cited = cites.map((cite) => passages[cite - 1]!)
  const source = cited.map((passage) => `${passage.question}\n${passage.answer}`).join('\n')
  const markup = MARKUP.exec(text)
  if (markup) return { refusal: 'link', detail: markup[0] }
  const link = [...text.matchAll(LINK)].find(([found]) => !source.includes(found))
  if (link) return { refusal: 'link', detail: link[0] }
  if (!isInLanguage(text.replace(LINK, ''), lang)) return { refusal: 'language' }
  const promise = PROMISES.map((pattern) => pattern.exec(text)?.[0]).find(Boolean)
  if (promise) return { refusal: 'promise', detail: promise }
  const figure = strangeFigure(text, source)
  if (figure !== undefined) return { refusal: 'figure', detail: figure }
  const strange = unsupported(text, source)
  return strange ? { refusal: 'unsupported', detail: strange } : undefined
}

function isInLanguage(text: string, lang: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const han = text.match(HAN)?.length ?? 0
  if (lang.startsWith('zh') || lang === 'yue') return han >= 0.5 * letters
  // a name in its own characters helps whoever shows it to a driver
  return lang === 'ja' || han <= 0.2 * letters
}

/** The first piece its passages do not say, when too little of the answer is theirs. */
function unsupported(answer: string, source: string): string | undefined {
  const said = wordsOf(answer)
  const known = new Set(wordsOf(source))
  const strange = said.filter((word) => !known.has(word))
  const share = /\p{Script=Han}/u.test(answer) ? SUPPORTED.han : SUPPORTED.latin
  const enough = said.length - strange.length >= share * said.length
  return enough ? undefined : strange[0]
}

function wordsOf(text: string): string[] {
  return runsOf(normalise(text)).flatMap((run) =>
    run.kind === 'han'
      ? contentPieces(run.text).flatMap((piece) => grams(piece).pairs)
      : STOP_WORDS.has(run.text)
        ? []
        : [stem(run.text)],
  )
}
