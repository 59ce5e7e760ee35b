import { BSONError } from 'bson'
import { CommandError } from '../errors.ts'
import type { Doc } from '../value.ts'
import { decode, encode } from '../value.ts'

/** From the engine to its aggregation thread. `id` tells the aggregations apart. */
export type ToThread =
  | { kind: 'begin'; id: number; task: Uint8Array }
  | { kind: 'documents'; id: number; piece: Uint8Array }
  | { kind: 'run'; id: number }
  | { kind: 'forget'; id: number }

/** And back. Each piece of documents is answered with `taken`; `enough`: a limit is reached. */
export type FromThread =
  | { kind: 'taken'; id: number; enough: boolean }
  | { kind: 'results'; id: number; piece: Uint8Array }
  | { kind: 'done'; id: number }
  | { kind: 'failed'; id: number; error: SentError }

/** What is to be done, as the BSON of `task`. */
export interface Task {
  filter: Doc
  /** null: the documents come in the order that is wanted */
  sort: unknown
  skip: number
  /** 0: all */
  limit: number
  stages: Doc[]
  /** the command's `let` */
  variables: Doc | null
}

export const encodeTask = (task: Task): Uint8Array => encode({ ...task })
export const decodeTask = (bytes: Uint8Array): Task => decode(bytes) as unknown as Task

/** An error loses its class between threads, and a client must not see where it was thrown. */
export type SentError =
  | { kind: 'command'; code: number; codeName: string; message: string; extra: Uint8Array }
  | { kind: 'bson' | 'defect'; message: string }

export function sendError(error: unknown): SentError {
  if (error instanceof CommandError) {
    const { code, codeName, message, extra } = error
    return { kind: 'command', code, codeName, message, extra: encode(extra) }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { kind: error instanceof BSONError ? 'bson' : 'defect', message }
}

export function receiveError(sent: SentError): Error {
  if (sent.kind === 'command') {
    return new CommandError(sent.code, sent.codeName, sent.message, decode(sent.extra))
  }
  return sent.kind === 'bson' ? new BSONError(sent.message) : new Error(sent.message)
}
