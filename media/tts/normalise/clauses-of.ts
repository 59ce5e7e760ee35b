export type Language = 'zh' | 'en'

export interface Clause {
  text: string
  language: Language
}

/** Not the comma of 1,200 and not the point of 3.5 */
const BETWEEN_CLAUSES = /(?<=[，。！？；、!?;\n])|(?<=[,，](?!\d))|(?<=\.(?= |$))/u
const HAN = /\p{Script=Han}/u
/** A word as English has them: not a unit, not initials. */
const WORD = /(?<![\p{L}\d])(?=[a-z]*[aeiouy])[a-z]{3,}(?![\p{L}\d])/iu
const LOWER = /[a-z]{2}/

/**
 * A text by the languages it is in: "中文请按1。For English press 2." is read by two sets of rules, or callers
 * hear "press 二". A clause belongs to the other language only if nothing of its own is in it; one without
 * words goes with the clause before. Neighbours of one language come back as one.
 */
export function clausesOf(text: string, own: Language): Clause[] {
  const clauses: Clause[] = []
  let language = own
  for (const part of text.split(BETWEEN_CLAUSES)) {
    language = languageOf(part, own) ?? language
    const last = clauses.at(-1)
    if (last?.language === language) last.text += part
    else clauses.push({ text: part, language })
  }
  return clauses
}

function languageOf(clause: string, own: Language): Language | undefined {
  const chinese = HAN.test(clause)
  const english = WORD.test(clause) && LOWER.test(clause)
  if (chinese && english) return own
  if (chinese) return 'zh'
  return english ? 'en' : undefined
}
