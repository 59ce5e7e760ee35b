import type { Rule } from '../plain-text.ts'

const SAID: [RegExp, string][] = [
  // the keys of a telephone
  [/(按|键入|输入|以)( ?[“"「'‘]?)[*＊](?:号?键|号)?/g, '$1$2星号键'],
  [/(按|键入|输入|以)( ?[“"「'‘]?)[#＃](?:号?键|号)?/g, '$1$2井号键'],
  [/(按[^，。；！？\n]{0,12}?[零一二三四五六七八九]) ?[#＃](?:号?键|号)?/g, '$1，井号键'],
  [/[*＊](?=号?键)号?/g, '星号'],
  [/[#＃](?=号?键)号?/g, '井号'],
  [/([零一二两三四五六七八九十百千万]) ?[+＋] ?(?=[零一二两三四五六七八九十])/g, '$1加'],
  [/([零一二两三四五六七八九十百千万]) ?[×xX*] ?(?=[零一二两三四五六七八九十])/g, '$1乘'],
  [/ ?= ?/g, '等于'],
  [/ ?[&＆] ?/g, '和'],
  [/±/g, '正负'],
  [/≥/g, '大于等于'],
  [/≤/g, '小于等于'],
  [/(?<=\p{L}) ?[/／] ?(?=\p{L})/gu, '、'],
]

/** Keys and signs by their names; the rest is for the eye. */
export const symbols: Rule = (text) => {
  let spoken = text
  for (const [sign, words] of SAID) spoken = spoken.replace(sign, words)
  return spoken.replace(/[*#＊＃_^~～`\\{}[\]<>|@$%+=/]+/g, ' ')
}
