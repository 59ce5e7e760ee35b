import { randomInt } from 'node:crypto'
import type { RemoteInfo } from 'node:dgram'
import type { Endpoint } from '../sdp/sdp.ts'
import type { ArrivalStatistics } from './arrival-statistics.ts'
import type { Remote } from './messages.ts'
import { parseRtcp, writeRtcp } from './rtcp-packet.ts'
import type { Sent } from './rtcp-session.ts'
import { RtcpSession } from './rtcp-session.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { parseRtp, writeRtp } from './rtp-packet.ts'
import type { SocketPair } from './rtp-socket.ts'
import type { Transport } from './transport.ts'

/** How long after an agreement audio may come from an address other than the agreed one (NAT). */
const LATCH_MS = 5000
/** RFC 3550 §6.2: 5 s, ± half of it at random so that reports do not come in step */
const REPORT_MS = 5000

export interface RtpOwner {
  receive(packet: RtpPacket, nowMs: number): void
  /** carries this payload type something we agreed to? */
  accepts(payloadType: number): boolean
  sent(): Sent
  readonly arrivals: ArrivalStatistics
}

/**
 * RTP and RTCP over UDP with symmetric latching: packets go where the other end's first valid packet came
 * from, wherever its SDP said (RFC 4961; NAT). Only in the first seconds after an agreement, and an address
 * that was agreed wins over any other; later nobody can pull the call to himself by sending packets.
 */
export class RtpTransport implements Transport {
  readonly rtcp = new RtcpSession()
  private readonly sockets: SocketPair
  private readonly owner: RtpOwner
  private readonly cname: string
  private remote: Remote | undefined
  private latched: (Endpoint & { isAgreed: boolean }) | undefined
  private latchUntilMs = 0
  private reportTimer: NodeJS.Timeout | undefined
  private isClosed = false

  constructor(sockets: SocketPair, owner: RtpOwner, cname: string) {
    this.sockets = sockets
    this.owner = owner
    this.cname = cname
    sockets.rtp.on('message', (datagram, from) => this.onRtp(datagram, from))
    sockets.rtcp.on('message', (datagram, from) => this.onRtcp(datagram, from))
    // e.g. ENETUNREACH while an interface is down: the packet is lost like any other
    sockets.rtp.on('error', ignore)
    sockets.rtcp.on('error', ignore)
  }

  get ready(): boolean {
    return !this.isClosed && this.destination !== undefined
  }

  /** Where the other end says it listens. An unchanged address keeps what was learned. */
  setRemote(remote: Remote): void {
    const before = this.remote?.rtp
    this.remote = remote
    if (before?.address !== remote.rtp.address || before.port !== remote.rtp.port) {
      this.latched = undefined
      this.latchUntilMs = performance.now() + LATCH_MS
    }
    if (!this.reportTimer) this.scheduleReport()
  }

  send(packet: RtpPacket): void {
    const to = this.destination
    if (!to || this.isClosed) return
    this.sockets.rtp.send(writeRtp(packet), to.port, to.address, ignore)
  }

  close(): void {
    if (this.isClosed) return
    this.sendReport(true)
    this.isClosed = true
    clearTimeout(this.reportTimer)
    this.sockets.rtp.close()
    this.sockets.rtcp.close()
  }

  private get destination(): Endpoint | undefined {
    return this.latched ?? usable(this.remote?.rtp)
  }

  private onRtp(datagram: Buffer, from: RemoteInfo): void {
    const type = datagram[1]! & 0x7f
    // RFC 5761 §4: with one port for both, 64 … 95 are RTCP
    if (type >= 64 && type <= 95) return this.onRtcp(datagram, from)
    const packet = parseRtp(datagram)
    if (!packet || !this.owner.accepts(packet.payloadType) || !this.isFromThem(from)) return
    this.owner.receive(packet, performance.now())
  }

  private isFromThem(from: RemoteInfo): boolean {
    const { latched, remote } = this
    if (!remote) return false
    if (latched && from.port === latched.port && from.address === latched.address) return true
    const { rtp } = remote
    const isAgreed = from.port === rtp.port && from.address === rtp.address
    if (latched?.isAgreed) return false
    if (!isAgreed && (latched || performance.now() > this.latchUntilMs)) return false
    this.latched = { address: from.address, port: from.port, isAgreed }
    return true
  }

  private onRtcp(datagram: Buffer, from: RemoteInfo): void {
    const { remote, latched } = this
    const isKnown = from.address === remote?.rtcp.address || from.address === latched?.address
    const compound = isKnown ? parseRtcp(datagram) : undefined
    if (compound) this.rtcp.receive(compound, this.owner.sent().ssrc, Date.now())
  }

  private scheduleReport(): void {
    this.reportTimer = setTimeout(
      () => {
        this.sendReport(false)
        this.scheduleReport()
      },
      randomInt(REPORT_MS / 2, REPORT_MS * 1.5),
    )
  }

  private sendReport(goodbye: boolean): void {
    const to = this.rtcpDestination
    if (!to || this.isClosed) return
    const report = this.rtcp.report(this.owner.sent(), this.owner.arrivals, Date.now())
    const socket = this.remote?.rtcpMux ? this.sockets.rtp : this.sockets.rtcp
    socket.send(writeRtcp(report, this.cname, goodbye), to.port, to.address, ignore)
  }

  /** behind a NAT the agreed one is of no use: the port next to the one RTP comes from is the best guess */
  private get rtcpDestination(): Endpoint | undefined {
    const { remote, latched, destination } = this
    if (!remote || !destination) return undefined
    if (remote.rtcpMux) return destination
    if (latched && !latched.isAgreed) return { address: latched.address, port: latched.port + 1 }
    return usable(remote.rtcp)
  }
}

/** Port 0 refuses the stream, 9 is nobody's; an address of zeros is hold in the old way (RFC 2543). */
function usable(endpoint: Endpoint | undefined): Endpoint | undefined {
  if (!endpoint || endpoint.port === 0 || endpoint.port === 9) return undefined
  return endpoint.address === '0.0.0.0' || endpoint.address === '::' ? undefined : endpoint
}

const ignore = () => undefined
