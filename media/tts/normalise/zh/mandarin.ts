import type { Rule } from '../plain-text.ts'
import { amounts } from './amounts.ts'
import { dates } from './dates.ts'
import { numbers } from './numbers.ts'
import { serials } from './serials.ts'
import { symbols } from './symbols.ts'
import { telephones } from './telephones.ts'
import { times } from './times.ts'

/** In this order: what is surest by its shape first; what is left over is counted. */
const rules = (one: '幺' | '一'): Rule[] => [
  dates,
  times,
  telephones(one),
  amounts,
  serials(one),
  numbers(one),
  symbols,
]

const MANDARIN = rules('幺')
const CANTONESE = rules('一')

/** A Chinese text with every number and sign in words. */
export const mandarin: Rule = (text) => MANDARIN.reduce((spoken, rule) => rule(spoken), text)

/** The same where 1 is never 幺. */
export const cantonese: Rule = (text) => CANTONESE.reduce((spoken, rule) => rule(spoken), text)
