import { canonicalJson } from './versions.ts'

/** What is not as a test expects; the sentences name both in the words of content staff. */
export type FailureCode =
  | 'SAY'
  | 'NOT_SAY'
  | 'BLOCK'
  | 'STATUS'
  | 'LANG'
  | 'QUEUE'
  | 'CALLBACK'
  | 'EFFECT'
  | 'VAR'
  /** a test that cannot be run at all, e.g. because it waits for an answer of a service for ever */
  | 'BROKEN'

export interface TestFailure {
  code: FailureCode
  /** number of the step, from 1 */
  step: number
  /** of `VAR`: the variable */
  name?: string
  expected: unknown
  /** undefined: there was none */
  found: unknown
  /** the same in a sentence */
  zh: string
  en: string
}

/** Long speeches are cut: the part that matters is what was expected. */
const MAX_SHOWN = 200

const sentences: Record<FailureCode, (f: Shown) => [zh: string, en: string]> = {
  SAY: ({ expected, found }) => [
    `应听到“${expected}”,实际是“${found}”`,
    `expected to hear “${expected}”, heard “${found}”`,
  ],
  NOT_SAY: ({ expected, found }) => [
    `不应听到“${expected}”,实际是“${found}”`,
    `did not expect to hear “${expected}”, heard “${found}”`,
  ],
  BLOCK: ({ expected, found }) => [
    `应走到“${expected}”,实际在“${found}”`,
    `expected to be at block “${expected}”, found “${found}”`,
  ],
  STATUS: ({ expected, found }) => [
    `状态应为“${statusName(expected).zh}”,实际是“${statusName(found).zh}”`,
    `expected the conversation to be ${statusName(expected).en}, found it ${statusName(found).en}`,
  ],
  LANG: ({ expected, found }) => [
    `语言应为 ${expected},实际是 ${found}`,
    `expected the language ${expected}, found ${found}`,
  ],
  QUEUE: ({ expected, found }) => [
    found === ''
      ? `应转入队列“${expected}”,实际没有转人工`
      : `应转入队列“${expected}”,实际是“${found}”`,
    found === ''
      ? `expected to be handed over to queue “${expected}”, was not handed over`
      : `expected to be handed over to queue “${expected}”, found “${found}”`,
  ],
  CALLBACK: ({ expected, found }) => [
    `应登记回电号码 ${expected},实际是 ${found || '没有'}`,
    `expected to be called back on ${expected}, found ${found || 'none'}`,
  ],
  EFFECT: ({ expected }) => [
    `应发生“${effectName(expected).zh}”,实际没有`,
    `expected “${effectName(expected).en}” to happen, it did not`,
  ],
  VAR: ({ name, expected, found }) => [
    `变量 ${name} 应为 ${expected},实际是 ${found || '空'}`,
    `expected variable ${name} = ${expected}, found ${found || 'nothing'}`,
  ],
  BROKEN: ({ found }) => [`这个测试无法运行:${found}`, `this test cannot be run: ${found}`],
}

interface Shown {
  name: string
  expected: string
  found: string
}

export function testFailure(
  code: FailureCode,
  step: number,
  expected: unknown,
  found: unknown,
  name?: string,
): TestFailure {
  const [zh, en] = sentences[code]({
    name: name ?? '',
    expected: shown(expected, code),
    found: shown(found, code),
  })
  return { code, step, ...(name !== undefined && { name }), expected, found, zh, en }
}

/** `step 2: expected to hear …` */
export const failureText = ({ step, en }: TestFailure): string => `step ${step}: ${en}`

function shown(value: unknown, code: FailureCode): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' && code !== 'VAR' ? value : canonicalJson(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

interface Name {
  zh: string
  en: string
}
const nameOf = (names: Record<string, Name>, id: string): Name =>
  Object.hasOwn(names, id) ? names[id]! : { zh: id, en: id }

const statusName = (status: string): Name => nameOf(statusNames, status)
const statusNames: Record<string, Name> = {
  wait: { zh: '等待回答', en: 'waiting for an answer' },
  calling: { zh: '等待外部服务', en: 'waiting for a service' },
  dialog: { zh: '在编程对话中', en: 'in a coded dialog' },
  queued: { zh: '排队中', en: 'in a queue' },
  transferring: { zh: '转接中', en: 'being transferred' },
  ended: { zh: '已结束', en: 'ended' },
}

const effectName = (effect: string): Name => nameOf(effectNames, effect)
const effectNames: Record<string, Name> = {
  say: { zh: '说话', en: 'say something' },
  listen: { zh: '等待回答', en: 'listen' },
  handoff: { zh: '转人工', en: 'hand over to people' },
  voicemail: { zh: '录留言', en: 'take a message' },
  leave: { zh: '存入留言箱', en: 'leave words in a mailbox' },
  transfer: { zh: '转接电话', en: 'transfer the call' },
  track: { zh: '打点', en: 'leave a mark for reports' },
  lang: { zh: '切换语言', en: 'change the language' },
  attach: { zh: '带给坐席的信息', en: 'attach something for the agent' },
  end: { zh: '结束', en: 'end' },
}
