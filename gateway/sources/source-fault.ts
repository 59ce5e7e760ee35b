/** What went wrong with a source, as an error of the table; `detail` is the other end's words, for staff only. */
import type { ErrorCode } from '../errors.ts'
import { YiluError } from '../errors.ts'

export const sourceFault = (code: ErrorCode, detail?: string): YiluError =>
  new YiluError(code, detail === undefined ? undefined : { detail: detail.slice(0, 500) })

const TLS_CODES =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HANDSHAKE_SSL|EPROTO|INVALID_CA|HOSTNAME_MISMATCH)/

/** A connection that failed, whichever library it belonged to. */
export function connectionFault(error: unknown): YiluError {
  if (error instanceof YiluError) return error
  for (const each of causesOf(error)) {
    const { code = '', name = '' } = each as { code?: unknown; name?: string }
    const told = String(code)
    if (told === 'ADDRESS_REFUSED' || told === 'PORT_REFUSED') return sourceFault('SOURCE_ADDRESS')
    if (told === 'TIMEOUT' || told === 'ETIMEDOUT' || name === 'TimeoutError')
      return sourceFault('SOURCE_SLOW')
    if (told === 'TOO_LARGE') return sourceFault('SOURCE_TOO_LARGE')
    if (TLS_CODES.test(told)) return sourceFault('SOURCE_TLS', told)
  }
  const { code } = (causesOf(error).find((each) => 'code' in each) ?? {}) as { code?: unknown }
  return sourceFault('SOURCE_UNREACHABLE', typeof code === 'string' ? code : undefined)
}

/** The error, what caused it, and the ones an AggregateError of several addresses holds. */
function causesOf(error: unknown, depth = 0): object[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  return [
    error,
    ...causesOf(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.flatMap((each) => causesOf(each, depth + 1)) : []),
  ]
}

/** Whether it says that the other end is ill, rather than that the question was wrong. */
export function isOutage(code: ErrorCode): boolean {
  return (
    code === 'SOURCE_UNREACHABLE' ||
    code === 'SOURCE_SLOW' ||
    code === 'SOURCE_TLS' ||
    code === 'SOURCE_NOT_JSON' ||
    code === 'SOURCE_SIGN_IN'
  )
}
