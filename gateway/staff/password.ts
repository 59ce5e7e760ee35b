/** Passwords: scrypt (RFC 7914) with a salt of their own, parameters kept beside the hash. */
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'

// N = 2^15, r = 8: 32 MiB and about 60 ms a guess; OWASP's password storage cheat sheet names this pair with p = 3
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_BYTES = 32

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r }
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** `scrypt$N$r$p$salt$key`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return [
    'scrypt',
    COST.N,
    COST.r,
    COST.p,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join('$')
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = stored.split('$')
  if (scheme !== 'scrypt' || !salt || !key) return false
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const expected = Buffer.from(key, 'base64url')
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected)
}

/** A password to be read out or typed once: no letters that look alike, about 71 bits. */
export function oneTimePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letter = () => alphabet[randomInt(alphabet.length)]
  return Array.from({ length: 3 }, () => Array.from({ length: 5 }, letter).join('')).join('-')
}
