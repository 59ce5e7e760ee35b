import type { NumberView } from '../../../../gateway/telephony/schema.ts'
import { changesOf } from '../../records/rebase.ts'

export type NumberValues = Omit<NumberView, 'id' | 'version' | 'promptSet'> & { promptSet: string }

export const numberValues = (entry: NumberView | undefined): NumberValues => ({
  name: entry?.name ?? '',
  numbers: entry?.numbers ?? [],
  flowId: entry?.flowId ?? 'main',
  lang: entry?.lang ?? 'zh-CN',
  enabled: entry?.enabled ?? true,
  record: entry?.record ?? true,
  promptSet: entry?.promptSet ?? '',
})

/** The body of the request that makes (`id`) or changes it. */
export function numberBody(
  values: NumberValues,
  stored: NumberView | undefined,
  id: string,
): object {
  const { promptSet, ...rest } = stored ? changesOf(numberValues(stored), values) : values
  const set = promptSet?.trim()
  return {
    ...rest,
    ...(set && { promptSet: set }),
    ...(stored ? { version: stored.version, ...(set === '' && { promptSet: null }) } : { id }),
  }
}
