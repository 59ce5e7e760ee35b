import type { Envelope } from '../channel.ts'

/** Who is on the line, as far as a number tells. */
export function identityOf(number: string | undefined, threadKey: string): Envelope['identity'] {
  return number
    ? { kind: 'phone', scope: '', value: number, assurance: 'observed' }
    : // withheld: nobody can be recognised by it
      { kind: 'phone', scope: 'anonymous', value: threadKey, assurance: 'observed' }
}
