/** CONNECT: the SP proves itself with MD5 over its id, nine zero bytes, the shared secret and the time. */
import { createHash } from 'node:crypto'
import type { CmppVersion } from './frame.ts'
import { octets } from './octets.ts'

const versionByte: Record<CmppVersion, number> = { '2.0': 0x20, '3.0': 0x30 }

/** MMDDHHMMSS in the gateway's time, which is China's. */
export function cmppTimestamp(nowMs: number): string {
  return new Date(nowMs + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(4, 14)
}

export function connectAuthenticator(spId: string, secret: string, timestamp: string): Buffer {
  return createHash('md5')
    .update(Buffer.concat([Buffer.from(spId), Buffer.alloc(9), Buffer.from(secret + timestamp)]))
    .digest()
}

export function encodeConnect(options: {
  spId: string
  secret: string
  timestamp: string
  version: CmppVersion
}): Buffer {
  const { spId, secret, timestamp, version } = options
  const tail = Buffer.alloc(5)
  tail[0] = versionByte[version]
  // as a number: its leading zero before October goes, in the authenticator it stays
  tail.writeUInt32BE(Number(timestamp), 1)
  return Buffer.concat([octets(spId, 6), connectAuthenticator(spId, secret, timestamp), tail])
}

export interface ConnectResponse {
  /** 0 ok, 1 structure, 2 unknown SP, 3 authentication, 4 version too high, else gateway's own */
  status: number
  /** whose layout the answer has; what its last byte says is often wrong */
  version: CmppVersion
}

/**
 * The status has one byte in 2.0 and four in 3.0; the length tells which.
 * @returns undefined when it is too short
 */
export function readConnectResponse(body: Buffer): ConnectResponse | undefined {
  if (body.length < 18) return undefined
  const wide = body.length >= 21
  return {
    status: wide ? body.readUInt32BE(0) : body[0]!,
    version: wide ? '3.0' : '2.0',
  }
}
