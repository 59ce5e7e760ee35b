import type { TFunction } from 'i18next'
import type { Variable } from './variables.ts'

/** Variables to choose from, in groups. */
export function variableOptions(variables: readonly Variable[], t: TFunction) {
  const groups = ['block', 'flow', 'builtIn'] as const
  return groups.flatMap((group) => {
    const options = variables
      .filter((each) => each.group === group)
      .map(({ path, note, noteKey }) => {
        const words = note ?? (noteKey !== undefined ? t(noteKey, { defaultValue: '' }) : '')
        return { value: path, label: words ? `${path} · ${words}` : path }
      })
    return options.length > 0 ? [{ label: t(`group.${group}`), title: group, options }] : []
  })
}
