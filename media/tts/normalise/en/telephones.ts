import { digitGroups } from '../digit-groups.ts'
import type { Rule } from '../plain-text.ts'
import { EMERGENCY, SERVICE_NUMBER, TELEPHONE, writtenGroups } from '../telephone-numbers.ts'
import { digitByDigit } from './cardinal.ts'

/** An amount of something, so no service number */
const AMOUNT =
  /^ ?(?:yuan|RMB|CNY|dollars|euros|people|visitors|tourists|guests|persons|meters|metres|km|kg|m\b|miles|feet|years|%|percent|steps|square|rooms|tickets|items|hours|minutes|days|times|pieces|warriors)/i
const ABOUT_CALLS_BEFORE =
  /\b(?:call|dial|phone|ring|hotline|number|tel|telephone|contact|police|ambulance|fire|emergency)\b[^.;!?\n]{0,12}$/i
const ABOUT_CALLS_AFTER = /^ ?(?:for|hotline|police|emergency)/i

/** Row after one of these words is a name made of digits: code 4711, ticket number 1050, room 808 */
const NAMED =
  /\b(code|pin|password|ext\.?|extension|ticket|order|case|reference|ref\.?|booking|room|account|card|phone|tel\.?|telephone|fax|hotline|dial|postcode|zip|bus|flight|train)((?: (?:no\.?|number|code|id|is))?[ :#]{1,3}(?:is )?)(\d{3,30})(?![\d.,:]|-\d)/gi

const spoken = (groups: string[]) => groups.map(digitByDigit).join(', ')

/** 1 3 9: put apart so that they are read one by one */
const SPELLED = /(?<![\d.] ?)\d(?: \d){2,}(?![\d.])/g

/** Numbers of telephones and whatever else is only a row of digits, digit by digit and in groups. */
export const telephones: Rule = (text) =>
  text
    .replace(TELEPHONE, (_all, written: string, extension?: string) => {
      const plus = written.startsWith('+') ? 'plus ' : ''
      const number = plus + spoken(writtenGroups(written, digitGroups))
      return extension ? `${number}, extension ${digitByDigit(extension)}` : number
    })
    .replace(
      NAMED,
      (all, name: string, between: string, digits: string, at: number, whole: string) => {
        if (AMOUNT.test(whole.slice(at + all.length))) return all
        return (
          name +
          between.replace(/\s*:\s*/, ', ').replace('#', 'number ') +
          spoken(digitGroups(digits))
        )
      },
    )
    .replace(SPELLED, (digits: string) => spoken(digitGroups(digits.replaceAll(' ', ''))))
    .replace(
      SERVICE_NUMBER,
      (all: string, digits: string, key: string | undefined, at: number, whole: string) => {
        if (AMOUNT.test(whole.slice(at + all.length))) return all
        return digitByDigit(digits) + (key ? `, then ${digitByDigit(key)}` : '')
      },
    )
    .replace(EMERGENCY, (all: string, digits: string, at: number, whole: string) => {
      const after = whole.slice(at + all.length)
      const called =
        ABOUT_CALLS_BEFORE.test(whole.slice(Math.max(0, at - 24), at)) ||
        ABOUT_CALLS_AFTER.test(after)
      return called && !AMOUNT.test(after) ? digitByDigit(digits) : all
    })
