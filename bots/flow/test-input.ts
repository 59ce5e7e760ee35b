import type { TestInput } from './flow-test.ts'
import { asKeys } from './normalize.ts'
import type { Channel } from './schema.ts'
import type { FlowInput } from './state.ts'

const SECONDS = 10
const CONFIDENCE = 0.9

/** A step of a test, as the engine takes it. */
export function toInput(step: TestInput, channel: Channel): FlowInput {
  switch (step.as ?? defaultKind(step.in, channel)) {
    case 'dtmf':
      return { in: 'dtmf', digits: step.in }
    case 'speech':
      return {
        in: 'speech',
        nbest: [
          { text: step.in, confidence: step.confidence ?? CONFIDENCE },
          ...(step.others ?? []),
        ],
      }
    case 'choice':
      return { in: 'choice', id: step.in, ...(step.block && { block: step.block }) }
    case 'silence':
      return { in: 'silence' }
    case 'hangup':
      return { in: 'hangup' }
    case 'media':
      return mediaOf(step, channel)
    case 'transfer':
      return { in: 'event', name: 'transfer.status', data: { status: step.in } }
    case 'voicemail':
      return { in: 'event', name: 'voicemail.status', data: { status: step.in } }
    case 'event':
      return { in: 'event', name: 'handoff.status', data: { status: step.in } }
    default:
      return { in: 'text', text: step.in }
  }
}

/** What a step is when it does not say. */
export function defaultKind(text: string, channel: Channel): 'text' | 'speech' | 'dtmf' {
  if (channel !== 'voice') return 'text'
  return asKeys(text) === undefined ? 'speech' : 'dtmf'
}

function mediaOf({ in: mediaId, ...step }: TestInput, channel: Channel): FlowInput {
  const { kind, transcript, location } = step
  const seconds = step.seconds ?? (channel === 'voice' ? SECONDS : undefined)
  return {
    in: 'media',
    mediaId,
    ...(channel === 'voice' ? { kind: 'audio' } : kind && { kind }),
    ...(seconds !== undefined && { seconds }),
    ...(transcript && { transcript }),
    ...(location && { location }),
  }
}
