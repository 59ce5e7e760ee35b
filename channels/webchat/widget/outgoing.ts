/** The visitor's own words on their way: waiting, on the wire, stored, refused. */
import type { ChatState } from './state.ts'
import type { MediaPreview, SayContent, ServerFrame, VisitorMessage, WireError } from './wire.ts'

export interface Outgoing {
  clientMsgId: string
  content: SayContent
  preview?: MediaPreview
  atMs: number
  /** refused: not taken; goes again at `retryAtMs`, or never when there is none */
  state: 'sending' | 'stored' | 'refused'
  /** absent while the refusal is not worth telling */
  error?: WireError
  retryAtMs?: number
  refusals?: number
}

/** Sooner than this the visitor need not hear of a refusal, unless it goes on. */
const QUIET_RETRY_MS = 3000
const QUIET_REFUSALS = 3

/** Refusals that can only mean what was said: a frame too broken to be read has no clientMsgId to name. */
const ABOUT_CONTENT: readonly string[] = ['BAD_REQUEST', 'MESSAGE_TOO_LONG', 'MESSAGE_EMPTY']

/** A `stored` that has not come by then was lost although the wire lives; saying it again is harmless. */
export const STORED_TIMEOUT_MS = 15_000

export function enqueue(
  state: ChatState,
  said: { clientMsgId: string; content: SayContent; preview?: MediaPreview; nowMs: number },
): ChatState {
  const { clientMsgId, content, preview, nowMs } = said
  const outgoing: Outgoing = {
    clientMsgId,
    content,
    ...(preview && { preview }),
    atMs: nowMs,
    state: 'sending',
  }
  return { ...state, outgoing: [...state.outgoing, outgoing] }
}

/** Which of the waiting words goes on the wire now: one at a time, oldest first. */
export function nextToSend(state: ChatState): Outgoing | undefined {
  if (state.link !== 'online' || state.inFlight) return undefined
  const first = state.outgoing.find(isWaiting)
  return first?.state === 'sending' ? first : undefined
}

/** Not stored yet, and not given up either. */
export function isWaiting(held: Outgoing): boolean {
  return held.state === 'sending' || (held.state === 'refused' && held.retryAtMs !== undefined)
}

export function onStored(state: ChatState, clientMsgId: string): ChatState {
  return {
    ...landed(state, clientMsgId),
    outgoing: change(state, clientMsgId, (held) => ({
      ...without(held),
      state: 'stored',
    })),
  }
}

/** The server told our own message back, with its seq: it is in the timeline now. */
export function settle(state: ChatState, message: VisitorMessage): ChatState {
  if (message.clientMsgId === undefined) return state
  return discard(state, message.clientMsgId)
}

export function onRefused(
  state: ChatState,
  frame: Extract<ServerFrame, { t: 'refused' }>,
  nowMs: number,
): ChatState {
  const { error, retryAfterMs } = frame
  const meant = ABOUT_CONTENT.includes(error.code) ? state.inFlight?.clientMsgId : undefined
  const clientMsgId = frame.clientMsgId ?? meant
  if (!clientMsgId || !state.outgoing.some((held) => held.clientMsgId === clientMsgId)) {
    return { ...state, notice: { error, atMs: nowMs } }
  }
  return {
    ...landed(state, clientMsgId),
    outgoing: change(state, clientMsgId, (held) => {
      const refusals = (held.refusals ?? 0) + 1
      const soon = retryAfterMs !== undefined && retryAfterMs <= QUIET_RETRY_MS
      return {
        ...without(held),
        state: 'refused',
        refusals,
        ...(!(soon && refusals <= QUIET_REFUSALS) && { error }),
        ...(retryAfterMs !== undefined && { retryAtMs: nowMs + retryAfterMs }),
      }
    }),
  }
}

export function retry(state: ChatState, clientMsgId: string): ChatState {
  return {
    ...state,
    outgoing: change(state, clientMsgId, (held) =>
      held.state === 'refused' ? { ...without(held), state: 'sending' } : held,
    ),
  }
}

export function discard(state: ChatState, clientMsgId: string): ChatState {
  return {
    ...landed(state, clientMsgId),
    outgoing: state.outgoing.filter((held) => held.clientMsgId !== clientMsgId),
  }
}

export function onTick(state: ChatState, nowMs: number): ChatState {
  const due = state.outgoing.filter(
    (held) => held.state === 'refused' && held.retryAtMs !== undefined && held.retryAtMs <= nowMs,
  )
  const again = due.reduce((next, held) => retry(next, held.clientMsgId), state)
  const lost = again.inFlight && nowMs - again.inFlight.sinceMs >= STORED_TIMEOUT_MS
  return lost ? { ...again, inFlight: undefined } : again
}

function landed(state: ChatState, clientMsgId: string): ChatState {
  return state.inFlight?.clientMsgId === clientMsgId ? { ...state, inFlight: undefined } : state
}

function change(
  state: ChatState,
  clientMsgId: string,
  to: (held: Outgoing) => Outgoing,
): readonly Outgoing[] {
  return state.outgoing.map((held) => (held.clientMsgId === clientMsgId ? to(held) : held))
}

function without(held: Outgoing): Omit<Outgoing, 'error' | 'retryAtMs' | 'state'> {
  const { clientMsgId, content, preview, atMs, refusals } = held
  return { clientMsgId, content, preview, atMs, refusals }
}
