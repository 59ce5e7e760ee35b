import type { Scripted } from './scripted-provider.ts'
import { frame, scriptedProvider } from './scripted-provider.ts'

/** Speaks a text of numbers as a second of audio that could be of no other text. */
export function numberedProvider(): Scripted {
  const provider = scriptedProvider('numbered', 0)
  provider.script = async function* ({ text }) {
    const value = [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 30_000, 7)
    for (let i = 0; i < 50; i++) yield await Promise.resolve(frame(value + i))
  }
  return provider
}
