/**
 * The four transaction machines of RFC 3261 §17 are data: state × event → next state and what to do.
 * `transaction.ts` runs them. An event missing from a row is ignored in that state.
 */
export type State =
  'calling' | 'trying' | 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated'

export type TimerName = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M'

/** What comes from the network, from the user of the transaction, or from its timers. */
export type Event =
  'request' | 'ack' | '1xx' | '2xx' | '3xx-6xx' | 'transportError' | `timer${TimerName}`

export type Action =
  /** client: hand the response up; server: nothing */
  | 'deliver'
  /** send what was sent last once more */
  | 'resend'
  /** server: send the response the user gave */
  | 'send'
  /** INVITE client: acknowledge a refusal (§17.1.1.3) */
  | 'ack'
  /** tell the user that nobody answered */
  | 'timeout'
  /** tell the user that it could not be sent */
  | 'unreachable'
  | `start${TimerName}`
  | `stop${TimerName}`
  /** start it again, twice as long, never longer than T2 where the RFC says so */
  | `again${'A' | 'E' | 'G'}`

export type Row = Partial<Record<Event, readonly [State, ...Action[]]>>
export interface StateTable {
  first: State
  /** done on entering the first state */
  start: readonly Action[]
  rows: Partial<Record<State, Row>>
}
