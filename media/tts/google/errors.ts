import { Refusal } from '../refusal.ts'

/** gRPC status codes that blame the request: INVALID_ARGUMENT, NOT_FOUND (the voice), OUT_OF_RANGE */
const REFUSED = new Set([3, 5, 11])

/** A gRPC error as ours: what was asked is at fault, or Google is. */
export function googleError(error: unknown): Error {
  const { code, details, message } = error as { code?: number; details?: string; message?: string }
  const text = `google: ${details || message || String(error)}`.slice(0, 300)
  return REFUSED.has(code ?? -1) ? new Refusal(text) : new Error(text)
}
