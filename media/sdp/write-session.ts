import { isIPv6 } from 'node:net'
import * as sdpTransform from 'sdp-transform'
import type { MediaDescription, SessionDescription } from 'sdp-transform'
import type { HoldDirection } from '../media.ts'
import type { LocalMedia, MLine } from './session.ts'

/** rate of G.711 and of its telephone-event */
const RATE = 8_000

export interface AudioLine {
  protocol: string
  formats: { payloadType: number; name: string }[]
  direction: HoldDirection
  rtcpMux: boolean
}

/** Our description; `lines` holds an audio line or an m= line that is refused, in the order of the session. */
export function writeSession(local: LocalMedia, lines: (AudioLine | MLine)[]): string {
  const ipVer = isIPv6(local.address) ? 6 : 4
  const session: SessionDescription = {
    version: 0,
    origin: {
      username: '-',
      sessionId: local.sessionId,
      sessionVersion: local.sessionVersion,
      netType: 'IN',
      ipVer,
      address: local.address,
    },
    name: '-',
    connection: { version: ipVer, ip: local.address },
    timing: { start: 0, stop: 0 },
    media: lines.map((line) => ('formats' in line ? audioLine(local, line) : refusedLine(line))),
  }
  return sdpTransform.write(session)
}

function audioLine(local: LocalMedia, line: AudioLine): MediaDescription {
  const media: MediaDescription = {
    type: 'audio',
    port: local.rtpPort,
    protocol: line.protocol,
    payloads: line.formats.map((format) => format.payloadType).join(' '),
    rtp: line.formats.map(({ payloadType, name }) => ({
      payload: payloadType,
      codec: name,
      rate: RATE,
    })),
    // events 0 to 15 are the keys (RFC 4733 §3.2)
    fmtp: line.formats
      .filter((format) => format.name === 'telephone-event')
      .map((format) => ({ payload: format.payloadType, config: '0-15' })),
    ptime: local.ptimeMs,
    direction: line.direction,
  }
  if (line.rtcpMux) media.rtcpMux = 'rtcp-mux'
  if (local.rtcpPort !== undefined && local.rtcpPort !== local.rtpPort + 1)
    media.rtcp = { port: local.rtcpPort }
  return media
}

/** RFC 3264 §6: port 0, otherwise as offered */
function refusedLine(line: MLine): MediaDescription {
  const payloads = line.payloads === '' ? '0' : line.payloads
  return { type: line.type, port: 0, protocol: line.protocol, payloads, rtp: [], fmtp: [] }
}
