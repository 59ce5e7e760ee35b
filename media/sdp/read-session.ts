import { isIP } from 'node:net'
import * as sdpTransform from 'sdp-transform'
import type { MediaDescription, SessionDescription } from 'sdp-transform'
import { fail } from '../../gateway/errors.ts'
import type { HoldDirection } from '../media.ts'
import { withoutReceiving } from './direction.ts'
import type { Endpoint, MLine } from './session.ts'

/** Offers of browsers with many codecs measured 8 kB; nothing a phone says is longer. */
const MOST_CHARS = 16_384
/** each costs a line in our answer */
const MOST_M_LINES = 20

/**
 * Only these lines are given to sdp-transform: it knows a hundred attributes by regular expressions, some of
 * which are slow on text made for that, and none of the others matters here.
 */
const usedLine =
  /^(?:[vost]=|c=IN |a=(?:rtpmap|rtcp|ptime|maxptime):|a=(?:rtcp-mux|sendrecv|sendonly|recvonly|inactive)$)/

/** One description with every m= line resolved: session-level values are filled in where a line has none. */
export interface ReadMedia extends MLine {
  /** undefined: no usable address */
  rtp: Endpoint | undefined
  rtcp: Endpoint | undefined
  rtcpMux: boolean
  direction: HoldDirection
  /** in the order of the m= line, the other end's preference */
  formats: Format[]
  ptimeMs: number | undefined
  maxPtimeMs: number | undefined
}

export interface Format {
  payloadType: number
  /** upper case */
  name: string
  rate: number
  channels: number
}

/** @throws YiluError BAD_SDP with the reason in its details */
export function readSession(sdp: string): ReadMedia[] {
  const { mLines, text } = readLines(sdp)
  const session = sdpTransform.parse(text)
  return mLines.map((line, index) => readMedia(line, session.media[index]!, session))
}

/** Checks what sdp-transform would pass over in silence. */
function readLines(sdp: string): { mLines: MLine[]; text: string } {
  if (sdp.length > MOST_CHARS) fail('BAD_SDP', { reason: 'too long' })
  const mLines: MLine[] = []
  const used: string[] = []
  let origin = false
  // RFC 4566 §5: CRLF, but a bare LF should be taken too
  for (const line of sdp.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') continue
    if (!/^[a-z]=/.test(line)) fail('BAD_SDP', { reason: 'not a line of SDP' })
    if (used.length === 0 && line.trimEnd() !== 'v=0') fail('BAD_SDP', { reason: 'v=0 missing' })
    if (line.startsWith('o=')) origin = /^o=\S+ \d+ \d+ IN IP[46] \S+\s*$/.test(line)
    if (line.startsWith('m=')) {
      const mLine = readMLine(line)
      mLines.push(mLine)
      if (mLines.length > MOST_M_LINES) fail('BAD_SDP', { reason: 'too many m= lines' })
      // written anew, since sdp-transform reads neither `49170/2` nor types with a hyphen
      used.push(`m=x ${mLine.port} x ${mLine.payloads}`)
    } else if (usedLine.test(line.trimEnd())) used.push(line.trimEnd())
  }
  if (!origin) fail('BAD_SDP', { reason: 'o= missing or malformed' })
  return { mLines, text: used.join('\r\n') }
}

function readMLine(line: string): MLine {
  const parts = /^m=(\S+) (\d{1,5})(?:\/\d{1,5})? (\S+)(?: (.*))?$/.exec(line.trimEnd())
  const port = Number(parts?.[2])
  if (!parts || port > 65_535) fail('BAD_SDP', { reason: 'm= malformed' })
  return { type: parts[1]!, port, protocol: parts[3]!, payloads: parts[4]?.trim() ?? '' }
}

function readMedia(line: MLine, media: MediaDescription, session: SessionDescription): ReadMedia {
  const connection = media.connection ?? session.connection
  // a multicast address may carry /ttl
  const address = connection && String(connection.ip).split('/')[0]!
  const known = address !== undefined && isIP(address) === Number(connection!.version)
  const direction = media.direction ?? session.direction ?? 'sendrecv'
  const held = address === '0.0.0.0' || address === '::'
  return {
    ...line,
    rtp: known ? { address, port: line.port } : undefined,
    rtcp: known ? rtcpEndpoint(media, address, line.port) : undefined,
    rtcpMux: (media.rtcpMux ?? (session as Partial<MediaDescription>).rtcpMux) !== undefined,
    direction: held ? withoutReceiving(direction) : direction,
    formats: readFormats(line, media),
    ptimeMs: positive(media.ptime ?? (session as Partial<MediaDescription>).ptime),
    maxPtimeMs: positive(media.maxptime ?? (session as Partial<MediaDescription>).maxptime),
  }
}

/** RFC 3605; without it the port above (RFC 3550 §11). */
function rtcpEndpoint(media: MediaDescription, address: string, rtpPort: number): Endpoint {
  const told = media.rtcp
  const port = positive(told?.port)
  if (!port || port > 65_535) return { address, port: Math.min(rtpPort + 1, 65_535) }
  const own = told?.address === undefined ? '' : String(told.address)
  return { address: isIP(own) ? own : address, port }
}

/** RFC 3551 table 4: known without a=rtpmap, which wins where it is there. */
const fixed: Record<number, string> = { 0: 'PCMU', 8: 'PCMA' }

function readFormats(line: MLine, media: MediaDescription): Format[] {
  const formats: Format[] = []
  const seen = new Set<number>()
  for (const text of line.payloads.split(/\s+/, 64)) {
    if (!/^\d{1,3}$/.test(text)) continue
    const payloadType = Number(text)
    if (payloadType > 127 || seen.has(payloadType)) continue
    seen.add(payloadType)
    const map = media.rtp.find((one) => one.payload === payloadType)
    const name = map ? String(map.codec) : fixed[payloadType]
    if (name === undefined) continue
    formats.push({
      payloadType,
      name: name.toUpperCase(),
      rate: map?.rate === undefined ? 8_000 : Number(map.rate),
      channels: map?.encoding === undefined ? 1 : Number(map.encoding),
    })
  }
  return formats
}

function positive(value: unknown): number | undefined {
  const number = Number(value)
  return Number.isFinite(number) && number > 0 ? number : undefined
}
