import { limits } from './limits.ts'
import { fault } from './syntax-fault.ts'
import { trimSpace } from './trim-space.ts'

/**
 * Cuts a list header at its commas, those within quotes and angle brackets apart. Empty elements are dropped
 * (`Supported:` alone means none). Throws SyntaxFault.
 */
export function readListValues(text: string): string[] {
  const values: string[] = []
  let start = 0
  let inAngles = false
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 44
    if (code === 34) at = endOfQuoted(text, at)
    else if (code === 60) inAngles = true
    else if (code === 62) inAngles = false
    else if (code === 44 && (!inAngles || at === text.length)) {
      const value = trimSpace(text.slice(start, at))
      if (value !== '') values.push(value)
      if (values.length > limits.valuesPerHeader) fault('too many values')
      start = at + 1
    }
  }
  return values
}

/** index of the closing quote */
function endOfQuoted(text: string, at: number): number {
  for (at++; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 92) at++
    else if (code === 34) return at
  }
  return fault('quote not closed')
}
