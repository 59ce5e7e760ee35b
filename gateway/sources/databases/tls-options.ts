import { isIP } from 'node:net'

interface Place {
  host: string
  tls: 'off' | 'verify' | 'unverified'
  ca?: string
}

/** For node's tls.connect; undefined: plain. A name is told to the server (SNI), an address is not (RFC 6066 §3). */
export function tlsOptions({ host, tls, ca }: Place) {
  if (tls === 'off') return undefined
  return {
    rejectUnauthorized: tls === 'verify',
    ...(ca && { ca }),
    ...(!isIP(host) && { servername: host }),
  }
}
