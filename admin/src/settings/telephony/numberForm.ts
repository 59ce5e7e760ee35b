import type { NumberView } from '../../../../gateway/telephony/schema.ts'
import { changesOf } from '../../records/rebase.ts'

/** A number as a form holds it: no tune is an empty word. */
export type NumberValues = Omit<NumberView, 'id' | 'version' | 'holdTune' | 'ringback'> & {
  holdTune: string
  ringback: { tune: string; seconds: number }
}

/** two rounds of an exchange's ringing tone */
const RING_SECONDS = 8

export const numberValues = (entry: NumberView | undefined): NumberValues => ({
  name: entry?.name ?? '',
  numbers: entry?.numbers ?? [],
  flowId: entry?.flowId ?? 'main',
  lang: entry?.lang ?? 'zh-CN',
  enabled: entry?.enabled ?? true,
  record: entry?.record ?? true,
  holdTune: entry?.holdTune ?? '',
  ringback: entry?.ringback ?? { tune: '', seconds: RING_SECONDS },
})

/** The body of the request that makes (`id`) or changes it. */
export function numberBody(
  values: NumberValues,
  stored: NumberView | undefined,
  id: string,
): object {
  const changes: Partial<NumberValues> = stored ? changesOf(numberValues(stored), values) : values
  const { holdTune, ringback, ...rest } = changes
  return {
    ...rest,
    ...(holdTune !== undefined && { holdTune: holdTune || null }),
    ...(ringback && { ringback: ringback.tune ? ringback : null }),
    ...(stored ? { version: stored.version } : { id }),
  }
}
