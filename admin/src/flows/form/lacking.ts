/** What of a flow has no words in a language yet. */
import type { Words } from '../../../../bots/flow/description.ts'
import { describeKind, kindOf } from '../../../../bots/flow/describe.ts'
import { asList, asString, blocksOf, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { readAt } from './edit-at.ts'

export interface Lack {
  block: string
  /** name of the field */
  what: Words
}

export function lacking(doc: Doc, lang: string): Lack[] {
  return Object.entries(blocksOf(doc)).flatMap(([block, content]) =>
    fieldsLacking(content, lang).map((what) => ({ block, what })),
  )
}

function fieldsLacking(block: Loose, lang: string): Words[] {
  const fields = describeKind(kindOf(block))?.fields ?? []
  return fields.flatMap((field): Words[] => {
    const value = readAt(block, field.path.split('.'))
    switch (field.kind) {
      case 'prompt':
        return (value !== undefined || field.required) && !hasText(value, lang) ? [field.label] : []
      case 'retry':
        return field.of.some((part) => {
          const prompt = readAt(value, [part])
          return prompt !== undefined && !hasText(prompt, lang)
        })
          ? [field.label]
          : []
      case 'choices':
      case 'scale':
        return lacksLabel(value, lang) ? [field.label] : []
      case 'slot':
        return lacksLabel(readAt(value, ['choices']), lang) ? [field.label] : []
      default:
        return []
    }
  })
}

const hasText = (prompt: unknown, lang: string) =>
  Boolean(asString(readAt(prompt, [lang, 'text']))?.trim())

const lacksLabel = (items: unknown, lang: string) =>
  asList(items).some((item) => isObject(item) && !asString(readAt(item, ['label', lang]))?.trim())
