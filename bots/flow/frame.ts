import type { Frame, PublishedFlow, Vars } from './state.ts'

/** A flow about to begin; of what is handed in only declared variables are taken. */
export function newFrame(flow: PublishedFlow, given: Vars = {}): Frame {
  const vars: Vars = {}
  for (const { name, init } of [...(flow.doc.vars ?? []), ...(flow.doc.params ?? [])]) {
    if (Object.hasOwn(given, name)) vars[name] = given[name]
    else if (init !== undefined) vars[name] = init
  }
  return { flow: flow.id, version: flow.version, block: flow.doc.entry, vars, back: [] }
}
