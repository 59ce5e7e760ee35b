/** Makes words that callers used a wording of a choice. */
import { asList, asObject, asString, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'

export interface Choice {
  id: string
  label: string
}

/** Where a block keeps its choices; an `ask` for one of several things has them in its slot. */
function listOf(block: Loose): { choices: unknown[]; put(choices: unknown[]): Loose } | undefined {
  if (Array.isArray(block['choices']))
    return { choices: block['choices'], put: (choices) => ({ ...block, choices }) }
  const slot = asObject(block['slot'])
  if (Array.isArray(slot['choices']))
    return {
      choices: slot['choices'],
      put: (choices) => ({ ...block, slot: { ...slot, choices } }),
    }
  return undefined
}

export function choicesOf(doc: Doc, blockId: string, lang: string): Choice[] {
  const list = listOf(asObject(asObject(doc['blocks'])[blockId]))
  return (list?.choices ?? []).filter(isObject).flatMap((choice) => {
    const id = asString(choice['id'])
    if (id === undefined) return []
    const labels = asObject(choice['label'])
    return [{ id, label: asString(labels[lang]) ?? asString(Object.values(labels)[0]) ?? id }]
  })
}

/** The same document when the block or the choice is gone, or has the wording already. */
export function addWording(
  doc: Doc,
  blockId: string,
  choiceId: string,
  lang: string,
  words: string,
): Doc {
  const blocks = asObject(doc['blocks'])
  const list = Object.hasOwn(blocks, blockId) ? listOf(asObject(blocks[blockId])) : undefined
  const choice = asObject(list?.choices.find((each) => asObject(each)['id'] === choiceId))
  const said = asObject(choice['say'])
  const known = asList(said[lang])
  if (!list || choice['id'] !== choiceId || known.includes(words)) return doc
  const next = { ...choice, say: { ...said, [lang]: [...known, words] } }
  const block = list.put(list.choices.map((each) => (each === choice ? next : each)))
  return { ...doc, blocks: { ...blocks, [blockId]: block } }
}
