/** The REST API as the console sees it: JSON in and out, errors as ApiError. */
import { ApiError, apiErrorOf, offline } from './error.ts'

const BASE = '/api/v1'

export type Query = Record<string, string | number | boolean | undefined>

/** `ended`: the session is over (show sign-in); `passwordChange`: the one-time password must go first. */
export type SessionEvent = 'ended' | 'passwordChange'
type SessionListener = (event: SessionEvent) => void
const listeners = new Set<SessionListener>()

/** @returns a function that stops listening */
export function onSessionEvent(listener: SessionListener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function announce(error: ApiError): void {
  const event: SessionEvent | undefined =
    error.code === 'UNAUTHENTICATED'
      ? 'ended'
      : error.code === 'PASSWORD_CHANGE_REQUIRED'
        ? 'passwordChange'
        : undefined
  if (event) for (const listener of listeners) listener(event)
}

/** The address of a REST path, with the query's undefined and empty entries left out. */
export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(name, String(value))
  const search = params.toString()
  return `${BASE}${path}${search && `?${search}`}`
}

async function call<T>(method: string, path: string, body?: unknown, query?: Query): Promise<T> {
  let response: Response
  try {
    response = await fetch(address(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  } catch {
    throw offline()
  }
  const text = await response.text()
  if (!response.ok) {
    const error = apiErrorOf(response.status, text)
    announce(error)
    throw error
  }
  return (text ? JSON.parse(text) : undefined) as T
}

export const api = {
  get: <T>(path: string, query?: Query) => call<T>('GET', path, undefined, query),
  post: <T>(path: string, body?: unknown) => call<T>('POST', path, body),
  put: <T>(path: string, body?: unknown) => call<T>('PUT', path, body),
  patch: <T>(path: string, body?: unknown) => call<T>('PATCH', path, body),
  delete: <T = void>(path: string, body?: unknown) => call<T>('DELETE', path, body),
}

export { ApiError }
