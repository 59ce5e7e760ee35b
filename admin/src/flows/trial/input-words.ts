import type { TFunction } from 'i18next'
import type { TestInput } from '../../../../bots/flow/flow-test.ts'
import type { Channel } from '../../../../bots/flow/parts.ts'
import { defaultKind } from '../../../../bots/flow/test-input.ts'

/** What the person did, in a few words. */
export function inputWords(input: TestInput, channel: Channel, t: TFunction): string {
  const kind = input.as ?? defaultKind(input.in, channel)
  const sure = input.confidence === undefined ? '' : ` (${Math.round(input.confidence * 100)}%)`
  switch (kind) {
    case 'text':
      return input.in
    case 'speech':
      return `“${input.in}”${sure}`
    case 'silence':
    case 'hangup':
      return t(`input.${kind}`)
    case 'media':
      return t('input.media', {
        what: input.kind ?? (channel === 'voice' ? t('input.audio') : input.in),
      })
    case 'event':
    case 'transfer':
    case 'voicemail':
      return t(`outcome.${kind}.${input.in}`, { defaultValue: input.in })
    default:
      return t(`input.${kind}`, { what: input.in })
  }
}
