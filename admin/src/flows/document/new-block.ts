import { describeKind } from '../../../../bots/flow/describe.ts'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { asList, asString, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'

export const langsOf = (doc: Doc): string[] => {
  const langs = asList(doc['langs']).flatMap((lang) => asString(lang) ?? [])
  return langs.length > 0 ? langs : [asString(doc['defaultLang']) ?? 'zh-CN']
}

/** A fresh block of this kind, with a place for words in each language of the flow. */
export function newBlock(type: BlockType, doc: Doc): Loose {
  const description = describeKind(type)
  const langs = langsOf(doc)
  const block: Loose = {
    type: type.split(':')[0],
    ...structuredClone(description?.initial ?? {}),
    out: {},
  }
  for (const field of description?.fields ?? [])
    if (field.kind === 'prompt' && field.required && !field.path.includes('.'))
      block[field.path] = inLangs(block[field.path], langs, { text: '' })
  for (const list of ['choices', 'intents', 'scale'])
    if (Array.isArray(block[list]))
      block[list] = block[list].map((part: unknown) =>
        isObject(part) && isObject(part['label'])
          ? { ...part, label: inLangs(part['label'], langs, '') }
          : part,
      )
  return block
}

/** What the flow speaks, no more and no less. A language takes over a relative's words: `zh-CN` those of `zh`. */
function inLangs(words: unknown, langs: readonly string[], empty: unknown): Loose {
  const given = isObject(words) ? words : {}
  return Object.fromEntries(
    langs.map((lang) => [
      lang,
      given[lang] ?? given[lang.split('-')[0]!] ?? structuredClone(empty),
    ]),
  )
}
