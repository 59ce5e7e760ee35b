/**
 * Politeness and grammar around the topic, longest first so that 我想问一下 goes as a whole.
 * The cut is a boundary: no bigram is built across it.
 */
const FILLERS = [
  '我想咨询一下',
  '麻烦问一下',
  '帮我查一下',
  '我想问一下',
  '我想知道',
  '请问一下',
  '想问一下',
  '问一下',
  '查一下',
  '帮我',
  '请问',
  '我想',
  '想要',
  '我们',
  '你们',
  '您好',
  '你好',
  '谢谢',
  '麻烦',
  '知道',
  '告诉',
  '一下',
  '这个',
  '那个',
  '一个',
  '现在',
  '就是',
  '是不是',
  '能不能',
  '可不可以',
  '可以',
  '是否',
]
const PARTICLES = '吗呢啊吧呀嘛哦哈啦咯喔么了'

// 的 is grammar nearly everywhere, but not in 目的地 or 的士.
const CUT = new RegExp(
  `${[...FILLERS].sort((a, b) => b.length - a.length).join('|')}|什么|怎么|[${PARTICLES}]|(?<!目)的(?!士)`,
  'g',
)

/** Content of a run of Chinese characters, as pieces between the filler words. */
export function contentPieces(han: string): string[] {
  const pieces = han.split(CUT).filter((piece) => piece)
  return pieces.length ? pieces : [han] // all filler (可以吗): keep it rather than lose the text
}

/** Single characters and overlapping pairs; pairs carry the meaning, singles the near misses. */
export function grams(piece: string): { singles: string[]; pairs: string[] } {
  const chars = [...piece]
  const pairs = chars.slice(1).map((char, i) => chars[i]! + char)
  return { singles: chars, pairs }
}
