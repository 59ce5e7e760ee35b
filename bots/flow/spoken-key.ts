import { normalize } from './normalize.ts'

const ZH: Record<string, string> = {
  零: '0', 〇: '0', 一: '1', 幺: '1', 二: '2', 两: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9',
  星: '*', 星号: '*', 井: '#', 井号: '#',
} // prettier-ignore
const EN: Record<string, string> = {
  zero: '0', oh: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9',
  star: '*', asterisk: '*', hash: '#', pound: '#',
} // prettier-ignore

const ZH_KEY = /^(?:请?按|我按|选)?([零〇一幺二两三四五六七八九]|星号?|井号?|\d)(?:号?键)?$/
const EN_KEY = /^(?:press|key|number)? ?([a-z]+|\d)(?: key)?$/

/** The key somebody names instead of pressing it: 按零, zero, "press star". */
export function spokenKey(text: string): string | undefined {
  const said = normalize(text)
  const chinese = ZH_KEY.exec(said)?.[1]
  if (chinese) return ZH[chinese] ?? chinese
  const english = EN_KEY.exec(said)?.[1]
  if (english === undefined) return undefined
  return /^\d$/.test(english) ? english : EN[english]
}
