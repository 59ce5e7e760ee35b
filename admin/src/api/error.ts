import type { ErrorCode, WireError } from '../../../gateway/errors.ts'

/** What the server said, or OFFLINE when it could not be reached. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'OFFLINE'
  /** HTTP status; 0 when there was no answer */
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(status: number, wire: Omit<WireError, 'code'> & { code: ErrorCode | 'OFFLINE' }) {
    super(`${wire.code}: ${wire.en}`)
    this.name = 'ApiError'
    this.status = status
    this.code = wire.code
    this.zh = wire.zh
    this.en = wire.en
    this.details = wire.details
    this.requestId = wire.requestId
  }

  sentence(lang: string): string {
    return lang.startsWith('zh') ? this.zh : this.en
  }
}

export const offline = (): ApiError =>
  new ApiError(0, {
    code: 'OFFLINE',
    zh: '连不上服务器,请检查网络后重试。',
    en: 'The server cannot be reached; check the network and retry.',
  })

/** Reads the body of a refused request; a proxy in between may have answered with a page of its own. */
export function apiErrorOf(status: number, body: string): ApiError {
  const wire = wireErrorIn(body)
  if (wire) return new ApiError(status, wire)
  return new ApiError(status, {
    code: 'INTERNAL',
    zh: `服务器没有给出可读的回答(HTTP ${status}),请稍后重试。`,
    en: `The server gave no readable answer (HTTP ${status}); retry later.`,
  })
}

function wireErrorIn(body: string): WireError | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    const inner =
      typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : parsed
    return isWireError(inner) ? inner : undefined
  } catch {
    return undefined
  }
}

function isWireError(value: unknown): value is WireError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'zh' in value &&
    typeof value.zh === 'string' &&
    'en' in value &&
    typeof value.en === 'string'
  )
}
