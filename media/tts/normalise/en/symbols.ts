import type { Rule } from '../plain-text.ts'

const SAID: [RegExp, string][] = [
  // the keys of a telephone
  [/\b(press|pressing|hit|the|by|with|or|then|and) ?(["“'‘]?)\*/gi, '$1 $2star'],
  [/\b(press|pressing|hit|the|by|with|or|then|and) ?(["“'‘]?)#/gi, '$1 $2pound'],
  [/#(?= key| sign)/g, 'pound'],
  [/\*(?= key| sign)/g, 'star'],
  [/ ?& ?/g, ' and '],
  [/ ?= ?/g, ' equals '],
  [/ ?± ?/g, ' plus or minus '],
  [/ ?\+ ?/g, ' plus '],
  [/\b[wW]\/ ?/g, 'with '],
  [/\band\/or\b/g, 'and or'],
  [/(?<=\p{L}) ?\/ ?(?=\p{L})/gu, ' or '],
  [/ ?@ ?/g, ' at '],
  [/\bRd\.?(?=[ ,.]|$)/g, 'Road'],
  [/\bAve\.?(?=[ ,.]|$)/g, 'Avenue'],
  [/\bMr\.? (?=\p{Lu})/gu, 'Mister '],
  [/\bMrs\.? (?=\p{Lu})/gu, 'Missis '],
  [/\bMs\. (?=\p{Lu})/gu, 'Miz '],
  [/\bDr\.? (?=\p{Lu})/gu, 'Doctor '],
  [/\be\.g\.,?/g, 'for example'],
  [/\bi\.e\.,?/g, 'that is'],
  [/\bapprox\./g, 'approximately'],
]

/** Keys and signs by their names, a few shortened words in full; the rest is for the eye. */
export const symbols: Rule = (text) => {
  let spoken = text
  for (const [sign, words] of SAID) spoken = spoken.replace(sign, words)
  return spoken.replace(/[*#^_~`\\{}[\]<>|$%]+/g, ' ')
}
