import { digitGroups } from '../digit-groups.ts'
import type { Rule } from '../plain-text.ts'
import { EMERGENCY, SERVICE_NUMBER, TELEPHONE, writtenGroups } from '../telephone-numbers.ts'
import { digitByDigit } from './cardinal.ts'

/** An amount of something, so no service number: 12345元, 12000人 */
const AMOUNT = /^ ?(?:[元块万亿千百%％℃米人名位个次公平吨张份家件辆多余]|RMB|CNY|km|kg|m\b)/
const ABOUT_CALLS_BEFORE =
  /(?:拨打?|打|致电|呼叫|电话|热线|联系|请拨|报警|急救|火警|求助)[^，。；！？\n]{0,6}$/
const ABOUT_CALLS_AFTER = /^[”"」]? ?(?:报警|急救|火警|热线|电话|台|求助|救护|转接)/

/** Row after one of these words is a name made of digits, however long: 验证码 1234, 工单号:1050 */
const NAMED = new RegExp(
  '(电话|手机号?|热线|传真|分机号?|转|拨打?|编号|单号|订单|工单|票号|流水号|序列号|验证码|密码|卡号|账号|帐号|证号|邮编|邮政编码|尾号|区号|工号|车牌号?|房号|QQ|微信号?)' +
    '((?:号码|号)?[ :：是为]{0,3})' +
    String.raw`(\d{3,30})(?![\d.,:：]|-\d|[元块人位])`,
  'g',
)

/** 1 3 9: put apart so that they are read one by one */
const SPELLED = /(?<![\d.] ?)\d(?: \d){2,}(?![\d.])/g

/** Numbers of telephones and whatever else is only a row of digits, digit by digit and in groups. */
export function telephones(one: '幺' | '一'): Rule {
  const spoken = (groups: string[]) => groups.map((group) => digitByDigit(group, one)).join('，')
  return (text) =>
    text
      .replace(TELEPHONE, (_all, written: string, extension?: string) => {
        const plus = written.startsWith('+') ? '加' : ''
        const number = plus + spoken(writtenGroups(written, digitGroups))
        return extension ? `${number}，转${digitByDigit(extension, one)}` : number
      })
      .replace(NAMED, (_all, name: string, between: string, digits: string) => {
        return name + between.replace(/[:：]/, '，') + spoken(digitGroups(digits))
      })
      .replace(SPELLED, (digits: string) => spoken(digitGroups(digits.replaceAll(' ', ''))))
      .replace(
        SERVICE_NUMBER,
        (all: string, digits: string, key: string | undefined, at: number, whole: string) => {
          if (AMOUNT.test(whole.slice(at + all.length))) return all
          return spoken([digits]) + (key ? `转${digitByDigit(key, one)}` : '')
        },
      )
      .replace(EMERGENCY, (all: string, digits: string, at: number, whole: string) => {
        const after = whole.slice(at + all.length)
        const called =
          ABOUT_CALLS_BEFORE.test(whole.slice(Math.max(0, at - 12), at)) ||
          ABOUT_CALLS_AFTER.test(after)
        return called && !AMOUNT.test(after) ? spoken([digits]) : all
      })
}
