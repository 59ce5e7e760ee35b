import { normalize } from './normalize.ts'
import type { FlowDoc, Hotkey } from './schema.ts'

export interface CompiledHotkey {
  hotkey: Hotkey
  /** words of all languages, normalized: people shout for help in their own language */
  words: string[]
  /** of a text command: what follows its word is the first group */
  command?: RegExp
}

export interface CompiledFlow {
  hotkeys: CompiledHotkey[]
  emergencies: CompiledHotkey[]
  /** names of variables shown to the agent as soon as they are known */
  attached: Set<string>
  /** queue that takes over when the flow breaks */
  fallbackQueue: string
}

/** Documents are immutable, so what is worked out once holds as long as the object lives. */
const known = new WeakMap<FlowDoc, CompiledFlow>()

export function compileFlow(doc: FlowDoc): CompiledFlow {
  let flow = known.get(doc)
  if (!flow) known.set(doc, (flow = compile(doc)))
  return flow
}

function compile(doc: FlowDoc): CompiledFlow {
  const hotkeys = (doc.hotkeys ?? []).map((hotkey): CompiledHotkey => {
    const said = Object.values(hotkey.say ?? {}).flat()
    const words = said.map(normalize).filter(Boolean)
    return { hotkey, words, ...(hotkey.rest && words.length && { command: commandOf(said) }) }
  })
  const declared = [...(doc.vars ?? []), ...(doc.params ?? [])]
  const queues = Object.values(doc.blocks).filter((block) => block.type === 'queue')
  const ordinary = queues.find((block) => !block.emergency) ?? queues[0]
  return {
    hotkeys,
    emergencies: hotkeys.filter(({ hotkey }) => hotkey.emergency),
    attached: new Set(declared.filter((decl) => decl.attach).map((decl) => decl.name)),
    fallbackQueue: doc.fallbackQueue ?? ordinary?.queue ?? 'default',
  }
}

/** The word alone commands nothing; a number may follow it without a space, as in 查询C20261122-0001. */
function commandOf(said: string[]): RegExp {
  const words = said.map((word) => word.normalize('NFKC').replace(/[^\p{L}\p{N}\s]/gu, '\\$&'))
  return new RegExp(`^\\s*(?:${words.join('|')})(?:[\\s:,、]+|(?=[a-z]?\\d{6}))(\\S.*)$`, 'isu')
}
