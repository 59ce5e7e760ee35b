/** Calls a telephone from inside a room: an extension of ours, or a number over a trunk. */
import type { PlaySource, Room, RtpLeg } from '../../media/media.ts'
import { fail } from '../../gateway/errors.ts'
import type {
  CallEnd,
  Party as SipParty,
  SipCall,
  SipEngine,
  SipTarget,
} from '../sip/sip-engine.ts'
import type { CallingTrunk, TelephonyBook } from './telephony-book.ts'
import { TriedInTurn } from './tried-in-turn.ts'
import type { TrunkLines } from './trunk-lines.ts'

/** A telephone of ours rings at once; one that says nothing was switched off, and its registration is left over. */
const SILENT_MS = 5000
/** trunks one call is tried over; whoever waits longer than that has hung up */
const MAX_TRIES = 3

export type Destination = { kind: 'extension' | 'number'; number: string }

export interface OutgoingCall {
  leg: RtpLeg
  sip: SipCall
  /** the other end answered; rejects never: undefined when it did not */
  answered: Promise<boolean>
  ended: Promise<CallEnd>
}

export interface OutgoingOptions {
  sip: SipEngine
  book: TelephonyBook
  lines: TrunkLines
  room: Room
  to: Destination
  /** shown to the called; its user part must be one the trunk allows */
  callerNumber?: string
  callerName?: string
  ringMs: number
  /** it rings there; with audio of theirs (early media) when `early` */
  onRinging?: (early: boolean) => void
}

/** GB/T 3380: ring-back tone in China */
export const ringback: PlaySource = { tone: { hz: [450], onMs: 1000, offMs: 4000, level: 0.2 } }

/** @throws YiluError EXTENSION_AWAY, BAD_NUMBER, NUMBER_BARRED, NO_TRUNK, CALLS_FULL; then nothing rings */
export async function callOut(options: OutgoingOptions): Promise<OutgoingCall> {
  const { sip, room, to, ringMs, lines } = options
  const routes = to.kind === 'extension' ? [toExtension(options)] : toNumber(options)
  const leg = await room.addRtp()
  const about = { to: { number: to.number }, sdp: leg.offer() }
  const tries = routes.flatMap(({ trunkId, ...route }) =>
    trunkId ? [{ trunkId, ...route, ...about }] : [],
  )
  const call = tries.length
    ? new TriedInTurn({ sip, tries, ringMs, begun: (trunkId, each) => lines.hold(trunkId, each) })
    : sip.call({ ...routes[0]!, ...about, ringMs })
  let answer: (answered: boolean) => void
  let end: (end: CallEnd) => void
  const answered = new Promise<boolean>((resolve) => (answer = resolve))
  const ended = new Promise<CallEnd>((resolve) => (end = resolve))
  const hear = (sdp: string | undefined): boolean => {
    try {
      if (sdp) leg.accept(sdp)
      return true
    } catch {
      // whom we cannot hear we need not talk to
      call.hangUp({ reason: 'no usable session description' })
      return false
    }
  }
  let silent = false
  const silence =
    to.kind === 'extension' &&
    setTimeout(() => {
      silent = true
      call.hangUp({ reason: 'no answer from the telephone' })
    }, SILENT_MS)
  const heardOf = () => {
    if (silence) clearTimeout(silence)
  }
  call.onProgress = (_status, sdp) => {
    heardOf()
    if (hear(sdp)) options.onRinging?.(sdp !== undefined)
  }
  call.onAnswered = (sdp) => {
    heardOf()
    answer(hear(sdp))
  }
  call.onOffer = async (sdp) => (sdp ? leg.answer(sdp).sdp : leg.offer())
  call.onAnswer = (sdp) => void hear(sdp)
  call.onEnded = (how) => {
    heardOf()
    answer(false)
    end(silent ? { ...how, outcome: 'unavailable' } : how)
    leg.close()
  }
  return { leg, sip: call, answered, ended }
}

interface Route {
  trunkId?: string
  uri: string
  target?: SipTarget
  from: SipParty
  credentials?: { userName: string; password: string }
}

function toExtension({ sip, to, callerNumber, callerName }: OutgoingOptions): Route {
  const binding = sip.bindings(to.number)[0] ?? fail('EXTENSION_AWAY')
  return {
    uri: binding.uri,
    target: binding.target,
    from: { number: callerNumber ?? 'yilu', ...(callerName && { name: callerName }) },
  }
}

function toNumber({ book, lines, to, callerNumber }: OutgoingOptions): Route[] {
  const number = dialled(to.number) ?? fail('BAD_NUMBER')
  const trunks = callingTrunks(book, to.number, callerNumber)
  const free = trunks.filter((trunk) => lines.hasRoom(trunk))
  if (!free.length) fail('CALLS_FULL', { trunks: trunks.map(({ _id }) => _id) })
  return free.slice(0, MAX_TRIES).map(({ _id, host, port, transport, callerNumbers }) => {
    const credentials = book.clientCredentials(_id)
    const shown = callerNumber ?? callerNumbers[0] ?? credentials?.userName ?? 'anonymous'
    return {
      trunkId: _id,
      uri: `sip:${number}@${host}${port === 5060 ? '' : `:${port}`}`,
      target: { host, port, transport },
      from: { number: shown },
      ...(credentials && { credentials }),
    }
  })
}

/**
 * Trunks that may call that number, best first.
 * @throws YiluError NUMBER_BARRED where only the dial rules are against it, else NO_TRUNK
 */
export function callingTrunks(
  book: TelephonyBook,
  number: string,
  callerNumber?: string,
): CallingTrunk[] {
  const trunks = book.trunksForCalling(number, callerNumber)
  if (trunks.length) return trunks
  fail(book.trunksForCalling(undefined, callerNumber).length ? 'NUMBER_BARRED' : 'NO_TRUNK')
}

/** The user part of a URI (RFC 3261 §25.1), and nothing that would change the rest of it. */
function dialled(number: string): string | undefined {
  const plain = number.replace(/[\s().-]/g, '')
  return /^\+?[0-9*#]{2,24}$/.test(plain) ? plain.replaceAll('#', '%23') : undefined
}
