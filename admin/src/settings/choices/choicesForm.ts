import type { DeskChoicesView, WrapUpCodeView } from '../../../../gateway/desk/schema.ts'
import { keyOf } from '../key.ts'

export const lists = ['wrapUpCodes', 'busyReasons', 'departments'] as const
export type ListName = (typeof lists)[number]

/** New lines have no id yet: it is made of the English name when saving, and kept ever after. */
export type ChoiceValues = Record<ListName, { id?: string; name: WrapUpCodeView['name'] }[]>

export function choicesBody(values: ChoiceValues, makeKey: () => string): DeskChoicesView {
  const body: DeskChoicesView = { wrapUpCodes: [], busyReasons: [], departments: [] }
  for (const list of lists) {
    const taken = new Set(values[list].flatMap(({ id }) => id ?? []))
    for (const { id, name } of values[list]) {
      const trimmed = { zh: name.zh.trim(), en: name.en.trim() }
      if (!id && !trimmed.zh && !trimmed.en) continue
      body[list].push({ id: id || freeKey(keyOf(trimmed.en), taken, makeKey), name: trimmed })
    }
  }
  return body
}

function freeKey(wanted: string, taken: Set<string>, makeKey: () => string): string {
  const key = wanted && !taken.has(wanted) ? wanted : makeKey()
  taken.add(key)
  return key
}
