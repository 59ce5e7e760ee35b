import type { Rule } from '../plain-text.ts'
import { amounts } from './amounts.ts'
import { dates } from './dates.ts'
import { numbers } from './numbers.ts'
import { serials } from './serials.ts'
import { symbols } from './symbols.ts'
import { telephones } from './telephones.ts'
import { times } from './times.ts'

/** In this order: what is surest by its shape first; what is left over is counted. */
const RULES = [dates, times, telephones, amounts, serials, numbers, symbols]

/** An English text with every number and sign in words. */
export const english: Rule = (text) => RULES.reduce((spoken, rule) => rule(spoken), text)
