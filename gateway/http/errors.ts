/** The last stop of every request: whatever went wrong becomes an error of the table. */
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import type {} from 'pino-http'
import { fail, wireError, YiluError } from '../errors.ts'
import { isOutage } from '../store/outage.ts'

export const notFound: RequestHandler = () => fail('NOT_FOUND')

export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const known = translate(error)
    const requestId = String(request.id ?? '')
    if (known.code === 'INTERNAL') log.error({ err: error, requestId }, 'request failed')
    if (response.headersSent) return response.destroy()
    response.status(known.status).json(wireError(known, requestId))
  }
}

/** The parsers in front of us have their own errors. */
function translate(error: unknown): YiluError {
  if (error instanceof YiluError) return error
  const { type, status, name } = error as { type?: string; status?: number; name?: string }
  if (type === 'entity.parse.failed') return new YiluError('BAD_JSON')
  if (type === 'entity.too.large') return new YiluError('TOO_LARGE')
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new YiluError('UNSUPPORTED_MEDIA')
  if (status === 404) return new YiluError('NOT_FOUND')
  // BSONError: a NUL in a key or a pattern, which nothing but a hostile client writes
  if (
    error instanceof URIError ||
    name === 'BSONError' ||
    (status && status >= 400 && status < 500)
  )
    return new YiluError('BAD_REQUEST')
  if (isOutage(error)) return new YiluError('STORE_DOWN')
  return new YiluError('INTERNAL')
}
