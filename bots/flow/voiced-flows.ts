import type { FlowDoc } from './schema.ts'
import type { PublishedFlow } from './state.ts'
import { canonicalJson } from './versions.ts'
import { voiceIn } from './voices.ts'

/**
 * The flows as callers hear them: a sub-flow speaks with the voices of whoever calls it where it names none
 * itself, so it comes once for every voice it is heard in. For what is synthesised beforehand.
 */
export function voicedFlows(flows: readonly PublishedFlow[]): PublishedFlow[] {
  const called = new Set(flows.flatMap(({ doc }) => calledBy(doc)))
  const heard = new Map<string, PublishedFlow>()
  const open = flows.filter(({ id, doc }) => doc.kind === 'main' || !called.has(id))
  for (let flow = open.pop(); flow; flow = open.pop()) {
    const key = `${flow.id}@${flow.version} ${canonicalJson(flow.doc.voices ?? {})}`
    if (heard.has(key)) continue
    heard.set(key, flow)
    const inside = calledBy(flow.doc)
    const caller = flow.doc
    open.push(
      ...flows
        .filter(({ id }) => inside.includes(id))
        .map((each) => ({ ...each, doc: inherited(each.doc, caller) })),
    )
  }
  return [...heard.values()]
}

const calledBy = (doc: FlowDoc): string[] =>
  Object.values(doc.blocks).flatMap((block) => (block.type === 'subflow' ? [block.flow] : []))

function inherited(doc: FlowDoc, caller: FlowDoc): FlowDoc {
  if (!caller.voices) return doc
  const langs = new Set([...doc.langs, ...Object.keys({ ...caller.voices, ...doc.voices })])
  const voices = [...langs].flatMap((lang) => {
    const chosen = voiceIn([caller, doc], lang)
    return Object.keys(chosen).length > 0 ? [[lang, chosen] as const] : []
  })
  return { ...doc, voices: Object.fromEntries(voices) }
}
