import { answer } from '../../gateway/threads/answer.ts'
import { asPrompt } from './as-prompt.ts'

answer(async (bytes: Uint8Array) => {
  const value = await asPrompt(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return { value }
})
