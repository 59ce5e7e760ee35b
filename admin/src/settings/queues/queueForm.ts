import type { QueueView } from '../../../../gateway/routing/schema.ts'
import { changesOf } from '../../records/rebase.ts'

/** How callers are kept company, with nothing left open: what is not stored is as it comes along. */
export interface VoiceValues {
  announceEverySeconds: number
  announcePosition: boolean
  announceWait: boolean
  /** empty: the music that comes along */
  music: string
  /** hold music of /prompts/tunes; empty: the number's, or the house's */
  tune: string
}

/** A queue as a form holds it: levels by skill, and null for no hours. */
export type QueueValues = Omit<QueueView, 'version' | 'skills' | 'scheduleId' | 'voice'> & {
  skills: Record<string, number>
  scheduleId: string | null
  voice: VoiceValues
}

const voiceValues = (voice: QueueView['voice']): VoiceValues => ({
  announceEverySeconds: voice?.announceEverySeconds ?? 30,
  announcePosition: voice?.announcePosition ?? true,
  announceWait: voice?.announceWait ?? true,
  music: voice?.music ?? '',
  tune: voice?.tune ?? '',
})

export function queueValues(queue: QueueView | undefined): QueueValues {
  if (!queue)
    return {
      id: '',
      name: { zh: '', en: '' },
      strategy: 'longestIdle',
      defaultPriority: 5,
      skills: {},
      offerTimeoutMs: 20_000,
      passOverMs: 60_000,
      preferredMs: 30_000,
      ageingMs: 60_000,
      wrapUpMs: 120_000,
      maxWaitMs: 0,
      warnAfterMs: 60_000,
      alarmAfterMs: 180_000,
      scheduleId: null,
      enabled: true,
      voice: voiceValues(undefined),
    }
  const { version: _version, skills, scheduleId, voice, ...rest } = queue
  return {
    ...rest,
    voice: voiceValues(voice),
    skills: Object.fromEntries(skills.map(({ skill, minLevel }) => [skill, minLevel])),
    scheduleId: scheduleId ?? null,
  }
}

/** The body of the request that makes or changes it. */
export function queueBody(values: QueueValues, stored: QueueView | undefined): object {
  const changes: Partial<QueueValues> = stored ? changesOf(queueValues(stored), values) : values
  const { skills, scheduleId, voice, ...rest } = changes
  const { music, tune, ...announcements } = voice ?? {}
  return {
    ...rest,
    ...(voice && { voice: { ...announcements, ...(music && { music }), ...(tune && { tune }) } }),
    ...(skills && {
      skills: Object.entries(skills).map(([skill, minLevel]) => ({ skill, minLevel })),
    }),
    // a new queue has no hours to take away
    ...(scheduleId !== undefined && (stored || scheduleId !== null) && { scheduleId }),
    ...(stored && { version: stored.version }),
  }
}
