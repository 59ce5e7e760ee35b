/**
 * A key made by the browser: what is sent again under the same key is done once.
 * `crypto.randomUUID` exists on https and localhost only; a console on the office network may have neither.
 */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
