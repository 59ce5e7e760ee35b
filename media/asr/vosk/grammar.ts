/** Vosk's word for whatever is not in the grammar; without it every noise becomes one of the phrases. */
export const UNKNOWN = '[unk]'

const LONGEST_WORD = 8

/**
 * The phrases as sentences of words the model knows, with `[unk]` where it knows that. Chinese is written
 * without spaces, and libvosk drops a word it does not know: 故宫门票 is cut into 故宫 门票, longest word first.
 * @returns undefined where nothing is left: then anything may be said
 */
export function grammar(
  phrases: string[] | undefined,
  knows: (word: string) => boolean,
): string[] | undefined {
  const sentences = new Set<string>()
  for (const phrase of phrases ?? []) {
    const words = phrase
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((token) => (knows(token) ? [token] : cut(token, knows)))
    // half a phrase would be heard where something else was said
    if (words.length > 0 && words.every((word) => word !== '')) sentences.add(words.join(' '))
  }
  if (sentences.size === 0) return undefined
  if (knows(UNKNOWN)) sentences.add(UNKNOWN)
  return [...sentences]
}

/** An empty string stands for what is not known. Words of an alphabet are not made of shorter ones. */
function cut(token: string, knows: (word: string) => boolean): string[] {
  if (!/\p{Script=Han}/u.test(token)) return ['']
  const letters = [...token]
  const words: string[] = []
  for (let at = 0; at < letters.length;) {
    let length = Math.min(LONGEST_WORD, letters.length - at)
    while (length > 0 && !knows(letters.slice(at, at + length).join(''))) length--
    words.push(letters.slice(at, at + length).join(''))
    at += Math.max(1, length)
  }
  return words
}
