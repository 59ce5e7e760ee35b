import type { FlowInput } from '../../bots/flow/state.ts'

/** A first word that says nothing yet: the flow's own greeting is the answer. */
export function isGreeting(input: FlowInput): boolean {
  return (
    input.in === 'text' &&
    /^\s*(hi|hello|hey|good (morning|afternoon|evening)|你好|您好|你好啊|在吗|在么|有人吗|哈喽|嗨|喂)[\s,.!?,。!?~]*$/i.test(
      input.text,
    )
  )
}
