/**
 * Who wants no more texts from a number of ours: the words carriers and the law ask us to honour (STOP; in
 * China 退订, TD, T), kept by account and telephone until START. One confirmation may follow, then nothing.
 */
import type { AccountState } from '../provider.ts'

/** The whole text, alone: "T" within a sentence means nothing. */
const stopWords = new Set(
  'STOP STOPALL UNSUBSCRIBE 退订 退訂 取消订阅 拒收 TD T 回T退订'.split(' '),
)
const startWords = new Set('START UNSTOP 恢复 恢复接收 重新订阅'.split(' '))

/** @param optedOut what START means depends on it: it may also be an answer to a question of ours */
export function optWord(text: string, optedOut: boolean): 'stop' | 'start' | undefined {
  const word = text
    .normalize('NFKC')
    .replace(/[\s"'“”‘’。.!！]/g, '')
    .toUpperCase()
  if (stopWords.has(word)) return 'stop'
  return optedOut && startWords.has(word) ? 'start' : undefined
}

/** @param text what was written: it is confirmed in the language of the word, else in that of the account */
export function optWording(
  answer: 'stop' | 'start' | 'reminder',
  text: string,
  lang: string,
): string {
  const chinese = /\p{Script=Han}/u.test(text) || (lang.startsWith('zh') && !/[a-z]{3}/i.test(text))
  const [zh, en] = {
    stop: [
      '已退订,本号码不再向您发送短信。回复 START 恢复。',
      'You are unsubscribed and get no more texts from this number. Reply START to resume.',
    ],
    start: ['已恢复接收。', 'You get our texts again.'],
    reminder: [
      '您已退订,我们无法回复。回复 START 恢复后请重新提问。',
      'You are unsubscribed, so we cannot answer. Reply START to resume, then ask again.',
    ],
  }[answer] as [string, string]
  return chinese ? zh : en
}

interface OptedOut {
  sinceMs: number
  /** told once that they get no answer */
  reminded?: true
}

export class OptOuts {
  private readonly state: Pick<AccountState, 'get' | 'set'>

  constructor(state: Pick<AccountState, 'get' | 'set'>) {
    this.state = state
  }

  async of(accountId: string, phone: string): Promise<OptedOut | undefined> {
    return (await this.state.get<OptedOut | null>(accountId, keyOf(phone))) ?? undefined
  }

  /** @returns false: they had said so before */
  async stop(accountId: string, phone: string, nowMs: number): Promise<void> {
    await this.state.set(accountId, keyOf(phone), { sinceMs: nowMs } satisfies OptedOut)
  }

  async start(accountId: string, phone: string): Promise<void> {
    await this.state.set(accountId, keyOf(phone), null)
  }

  async reminded(accountId: string, phone: string, { sinceMs }: OptedOut): Promise<void> {
    await this.state.set(accountId, keyOf(phone), { sinceMs, reminded: true } satisfies OptedOut)
  }
}

const keyOf = (phone: string): string => `opted out ${phone}`
