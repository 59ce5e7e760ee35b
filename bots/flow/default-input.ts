import type { InputOptions } from './schema.ts'

/** How we listen where a document says nothing else. */
export const defaultInput: InputOptions = {
  timeoutMs: 8000,
  maxNoInput: 2,
  maxNoMatch: 2,
  bargeIn: true,
  modes: ['dtmf', 'speech', 'text'],
  // 0.35: below it, Vosk's alternatives on telephone audio are mostly noise
  minConfidence: 0.35,
}
