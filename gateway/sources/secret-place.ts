import type { UpdateSourceBody } from './schema.ts'

type Definition = Pick<UpdateSourceBody, 'kind' | 'settings'>

/**
 * Where and as whom the secret of a source is shown; undefined: nowhere. Whoever changes that without knowing the
 * secret must not have it sent to an end of their own.
 */
export function boundTo({ kind, settings }: Definition): string | undefined {
  if (kind === 'table') return undefined
  if (kind === 'http') {
    const { url, auth } = settings as Extract<UpdateSourceBody, { kind: 'http' }>['settings']
    if (auth.kind === 'none') return undefined
    const origin = new URL(/^https?:\/\/[^/?]+/i.exec(url)![0]).origin
    if (auth.kind !== 'oauth2') return JSON.stringify([auth, origin])
    // the token it is exchanged for goes to the service
    return JSON.stringify([auth.kind, auth.tokenUrl, auth.clientId, origin])
  }
  const { connection } = settings as Extract<UpdateSourceBody, { kind: 'postgres' }>['settings']
  if (!connection) return undefined
  const { tls, ca, userName, ...place } = connection as typeof connection & { hosts?: unknown }
  return JSON.stringify([kind, tls, ca, userName, place.host, place.port, place.hosts])
}
