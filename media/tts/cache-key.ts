import { createHash } from 'node:crypto'

/** Everything that changes the sound, and nothing else. */
export interface Sound {
  provider: string
  version: string
  voice: string
  locale: string
  rate: number
  normaliser: number
  /** normalised */
  text: string
}

/** @returns 64 hex digits: SHA-256 of the sound's canonical form */
export function cacheKey(sound: Sound): string {
  const { provider, version, voice, locale, rate, normaliser, text } = sound
  const canonical = JSON.stringify([1, provider, version, voice, locale, rate, normaliser, text])
  return createHash('sha256').update(canonical).digest('hex')
}
