import type { NumberView } from '../../../../gateway/telephony/schema.ts'
import { changesOf } from '../../records/rebase.ts'

export type NumberValues = Omit<NumberView, 'id' | 'version'>

export const numberValues = (entry: NumberView | undefined): NumberValues => ({
  name: entry?.name ?? '',
  numbers: entry?.numbers ?? [],
  flowId: entry?.flowId ?? 'main',
  lang: entry?.lang ?? 'zh-CN',
  enabled: entry?.enabled ?? true,
  record: entry?.record ?? true,
})

/** The body of the request that makes (`id`) or changes it. */
export function numberBody(
  values: NumberValues,
  stored: NumberView | undefined,
  id: string,
): object {
  return {
    ...(stored ? changesOf(numberValues(stored), values) : values),
    ...(stored ? { version: stored.version } : { id }),
  }
}
