import { answer } from '../threads/answer.ts'
import { takeApart } from './take-apart.ts'

answer(async ({ bytes, name }: { bytes: Uint8Array; name: string }) => ({
  value: await takeApart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name),
}))
