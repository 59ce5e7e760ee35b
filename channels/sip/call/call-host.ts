import type { NameAddr, SipRequest } from '../message/message.ts'
import type { Dialog } from '../dialog/dialog.ts'
import type { SipTransport } from '../sip-engine.ts'
import type { Clock } from '../timing/clock.ts'
import type { SipTimers } from '../timing/sip-timers.ts'
import type { Flow } from '../transport/flow.ts'
import type { TransactionLayer } from '../transaction/transaction-layer.ts'
import type { Call } from './call.ts'

/** What a call needs of the stack around it. */
export interface CallHost {
  readonly layer: TransactionLayer
  readonly clock: Clock
  readonly timers: SipTimers
  readonly userAgent: string
  /** seconds; RFC 4028 */
  readonly sessionExpires: number
  readonly minSessionExpires: number
  /** our Contact for a peer there */
  contact(transport: SipTransport, peerAddress: string, user: string): NameAddr
  /** a phone of ours, reached only the way it registered */
  isBinding(address: string, port: number): boolean
  addDialog(dialog: Dialog, call: Call): void
  removeDialog(dialog: Dialog): void
  callWith(key: string): Call | undefined
  begun(call: Call): void
  gone(call: Call): void
  log(event: string, detail: Record<string, string | number>): void
}

/** A request within a dialog, as the call gets it. */
export interface InDialog {
  request: SipRequest
  flow: Flow
  dialog: Dialog
}
