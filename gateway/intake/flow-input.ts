/** What somebody sent, as the flow takes it: the first part that says something. */
import type { FlowInput } from '../../bots/flow/state.ts'
import type { Part } from '../domain/message.ts'
import { choiceOf } from './effects.ts'

export function flowInput(parts: Part[]): FlowInput {
  for (const part of parts) {
    switch (part.type) {
      case 'choice':
        return { in: 'choice', text: part.label, ...choiceOf(part.id) }
      case 'text':
        return { in: 'text', text: part.text }
      case 'keys':
        return { in: 'dtmf', digits: part.digits }
      case 'speech':
        return { in: 'speech', nbest: part.nbest }
      case 'media':
        return {
          in: 'media',
          mediaId: part.blobId,
          kind: part.kind,
          ...(part.seconds !== undefined && { seconds: part.seconds }),
        }
      case 'location':
        return {
          in: 'media',
          mediaId: '',
          kind: 'location',
          location: { lat: part.lat, lng: part.lng, ...(part.label && { name: part.label }) },
        }
    }
  }
  return { in: 'silence' }
}
