/** The contact's end of a call: a telephone, or a page in a browser. */
import type { Leg } from '../../media/media.ts'

export interface ContactEnd {
  readonly device: 'telephone' | 'browser'
  readonly leg: Leg
  /** Hangs up. Whoever owns the end then tells the call that it is over. */
  hangUp(reason?: string): void
}
