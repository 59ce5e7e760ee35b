import { limits } from './limits.ts'
import type { Scanner } from './scanner.ts'
import type { Params } from './sip-message.ts'
import { fault } from './syntax-fault.ts'

/** Reads `;name[=value]` as often as it comes (generic-param, RFC 3261 §25.1). The first of a name wins. */
export function readParams(scanner: Scanner): Params {
  const params: Params = new Map()
  while (scanner.take(';')) {
    const name = scanner.token().toLowerCase()
    let value = ''
    if (scanner.take('=')) value = scanner.peek() === 34 ? scanner.quoted() : scanner.word()
    if (params.size >= limits.params) fault('too many parameters')
    if (!params.has(name)) params.set(name, value)
  }
  return params
}

export function formatParams(params: Params): string {
  let text = ''
  for (const [name, value] of params) text += value === '' ? `;${name}` : `;${name}=${value}`
  return text
}
