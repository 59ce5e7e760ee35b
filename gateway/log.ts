/** The log of the process: JSON lines on stderr, with nothing in them that people said or are. */
import type { Logger } from 'pino'
import { pino } from 'pino'

/**
 * What is told of an error. Not its other fields: a failed bulk write carries the documents it was given,
 * with the words of the messages in them, and a duplicate names the values it collided on.
 */
export function toldOf(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error }
  const { code } = error as { code?: unknown }
  const plain = (text: string) => text.replace(/dup key: .*/g, 'dup key')
  return {
    type: error.name,
    message: plain(error.message),
    stack: plain(error.stack ?? ''),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.cause !== undefined && { cause: toldOf(error.cause) }),
  }
}

export function createLog(level: string, destination = pino.destination(2)): Logger {
  return pino({ level, serializers: { err: toldOf } }, destination)
}
