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
import type { TelephonyBook } from './telephony-book.ts'

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

export async function callOut(options: OutgoingOptions): Promise<OutgoingCall> {
  const { sip, room, to, ringMs } = options
  const route = to.kind === 'extension' ? toExtension(options) : toNumber(options)
  const leg = await room.addRtp()
  const call = sip.call({
    ...route,
    to: { number: to.number },
    sdp: leg.offer(),
    ringMs,
  })
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
  call.onProgress = (_status, sdp) => {
    if (hear(sdp)) options.onRinging?.(sdp !== undefined)
  }
  call.onAnswered = (sdp) => answer(hear(sdp))
  call.onOffer = async (sdp) => (sdp ? leg.answer(sdp).sdp : leg.offer())
  call.onAnswer = (sdp) => void hear(sdp)
  call.onEnded = (how) => {
    answer(false)
    end(how)
    leg.close()
  }
  return { leg, sip: call, answered, ended }
}

interface Route {
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

function toNumber({ book, to, callerNumber }: OutgoingOptions): Route {
  const trunk = book.trunksForCalling(to.number, callerNumber)[0] ?? fail('NO_TRUNK')
  const { _id, host, port, transport } = trunk
  const credentials = book.clientCredentials(_id)
  const shown = callerNumber ?? trunk.callerNumbers[0] ?? credentials?.userName ?? 'anonymous'
  return {
    uri: `sip:${to.number}@${host}${port === 5060 ? '' : `:${port}`}`,
    target: { host, port, transport },
    from: { number: shown },
    ...(credentials && { credentials }),
  }
}
