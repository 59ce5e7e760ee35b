import { createHash, randomInt } from 'node:crypto'
import type { StoredDigest } from './trunk.ts'

/** What phones and trunks are asked for; part of every stored secret, so it never changes. */
export const REALM = 'yilu'

/** H(user:realm:password) in MD5 (RFC 2617) and SHA-256 (RFC 8760), lower-case hex. */
export function digestSecret(userName: string, password: string): StoredDigest {
  const a1 = `${userName}:${REALM}:${password}`
  const hash = (algorithm: string) => createHash(algorithm).update(a1).digest('hex')
  return { userName, md5: hash('md5'), sha256: hash('sha256') }
}

/** To be typed into a telephone once: no letters that look alike, 20 of 31 kinds, about 99 bits. */
export function phonePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)]).join('')
}
