import { z } from 'zod'
import { normalize } from '../normalize.ts'
import type { SlotDefinition } from './slot.ts'

export const yesnoSlotSchema = z.object({ type: z.literal('yesno') })

const YES =
  /^(?:1|y|yes|yes please|yeah|yep|yup|ok|okay|sure|right|correct|thats right|of course|confirm|はい|네|예|(?:(?:是|对|好|嗯|行|要|可以|确认|没错|不错|正确|没问题|没有问题)(?:的|啊|呀|哦|了|吧|呢)*)+)$/
const NO_CHINESE =
  /^(?:不(?!错|知道|清楚|确定)|否|没(?!错|问题|有问题)|错|别(?!的)|取消|いいえ|아니)/
const NO_LATIN = /^(?:2|n|(?:no|nope|not|wrong|incorrect)(?: .*)?)$/

/** true, false, or undefined. 好像不对 begins like a yes, so a yes must be all yes. */
export function yesOrNo(text: string): boolean | undefined {
  const heard = normalize(text)
  if (YES.test(heard)) return true
  return NO_CHINESE.test(heard) || NO_LATIN.test(heard) ? false : undefined
}

export const yesnoSlot: SlotDefinition<z.infer<typeof yesnoSlotSchema>> = {
  parse(_slot, heard) {
    const value = yesOrNo(heard.text)
    return value === undefined ? 'noMatch' : { value }
  },
}
