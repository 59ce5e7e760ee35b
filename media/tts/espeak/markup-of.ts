import { pinyinOf } from './pinyin-of.ts'
import { ENGLISH, MANDARIN } from './voice-of.ts'

/** Punctuation by the pause espeak makes at it; fullwidth forms are not in all of its dictionaries. */
const PAUSES: [RegExp, string][] = [
  [/[、，]/g, ', '],
  [/[。．…]+/g, '. '],
  [/！/g, '! '],
  [/？/g, '? '],
  [/[；：]/g, '; '],
]

const HANZI = /\p{Script=Han}+/u
const LATIN =
  /\p{Script=Latin}[\p{Script=Latin}\p{M}\d'’.-]*(?: +\p{Script=Latin}[\p{Script=Latin}\p{M}\d'’.-]*)*/u
const RUNS = new RegExp(`(${HANZI.source})|(${LATIN.source})`, 'gu')

/**
 * A text as espeak reads it in one go: hanzi as pinyin, and what is of another language than the voice
 * between marks that change the voice for it. Anything that could be taken for markup is left out.
 */
export function markupOf(text: string, voice: string): string {
  let plain = text.replace(/[<>&]/g, ' ')
  for (const [mark, pause] of PAUSES) plain = plain.replace(mark, pause)
  return plain
    .replace(RUNS, (_all, hanzi?: string, latin?: string) => {
      // these two read hanzi by dictionaries of their own
      if (hanzi)
        return voice === 'yue' || voice === 'ja' ? hanzi : inVoice(MANDARIN, pinyinOf(hanzi), voice)
      return inVoice(voice.startsWith('en') ? voice : ENGLISH, spelled(latin!), voice)
    })
    .replace(/\s+(?=[,.;!?])/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** "C A", and an A within a sentence: names of letters. Else espeak reads the article, "a one" for A 1. */
const LETTERS = /(?<![\w'’])[A-Z](?: [A-Z])+(?![\w'’])|(?<=[a-z] )A(?![\w'’])/g

const spelled = (words: string) =>
  words.replace(LETTERS, (letters) => {
    return `<say-as interpret-as="characters">${letters.replaceAll(' ', '')}</say-as>`
  })

const inVoice = (wanted: string, words: string, voice: string) =>
  wanted === voice ? ` ${words} ` : ` <voice xml:lang="${wanted}">${words}</voice> `
