/** Exits named after parts of a block (choices, cases, intents) follow when these are renamed or taken out. */
import { asObject, isObject } from '../doc.ts'

/** The block with the exit of one part under another name; an exit that is there already is not overwritten. */
export function renamedExit(block: unknown, from: string, to: string): unknown {
  const out = asObject(asObject(block)['out'])
  if (!isObject(block) || !Object.hasOwn(out, from) || Object.hasOwn(out, to)) return block
  const entries = Object.entries(out).map(([port, target]) => [port === from ? to : port, target])
  return { ...block, out: Object.fromEntries(entries) }
}

export function withoutExit(block: unknown, port: string): unknown {
  const { [port]: gone, ...out } = asObject(asObject(block)['out'])
  return isObject(block) && gone !== undefined ? { ...block, out } : block
}

/** `choice3`: what nobody has yet. */
export function freeId(stem: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++)
    if (!taken.includes(`${stem}${number}`)) return `${stem}${number}`
}
