import { normalise } from './normalise.ts'

const WORDS = [
  '是 是的 对 对的 好 好的 好吧 行 可以 嗯 嗯嗯 哦 噢 啊 确认 没错 知道了 明白 明白了 收到 不 不是 不对 不用 没有 没 算了',
  '谢谢 谢谢你 多谢 感谢 辛苦了 再见 拜拜 你好 您好 在吗 哈喽 嗨 喂 哈哈 呵呵',
  'yes yeah yep ok okay sure right fine no nope thanks hi hello hey bye goodbye cheers great cool',
]
const PHRASES = [
  'thank you',
  'thank you very much',
  'all right',
  'no thanks',
  'good morning',
  'see you',
]
const known = new Set([...WORDS.flatMap((line) => line.split(' ')), ...PHRASES].map(normalise))

/** Yes, thanks, hello: words that answer or greet and ask nothing, so that no entry answers them. */
export function isSmallTalk(text: string): boolean {
  return known.has(
    normalise(text)
      .replace(/[\p{P}\p{S}]+/gu, '')
      .trim(),
  )
}
