import type { LegStats } from '../media.ts'
import type { ArrivalStatistics } from './arrival-statistics.ts'
import type { Compound, Report } from './rtcp-packet.ts'

/** between 1900 (NTP) and 1970 */
const NTP_EPOCH_S = 2_208_988_800

export interface Sent {
  ssrc: number
  packets: number
  octets: number
  /** timestamp of the present frame */
  timestamp: number
}

/** What is told and learned by RTCP on one leg (RFC 3550 §6.4). Times are of the wall clock, in ms. */
export class RtcpSession {
  /** packets the other end misses of ours */
  private remoteLost: number | undefined
  private remoteJitterMs: number | undefined
  private roundTripMs: number | undefined
  private lastSenderReport = 0
  private lastSenderReportAtMs = 0
  private packetsAtLastReport = 0

  receive({ reports }: Compound, ourSsrc: number, nowMs: number): void {
    for (const report of reports) {
      if (report.sender) {
        this.lastSenderReport = middle(report.sender.ntpSeconds, report.sender.ntpFraction)
        this.lastSenderReportAtMs = nowMs
      }
      for (const block of report.blocks) {
        if (block.ssrc !== ourSsrc) continue
        this.remoteLost = Math.max(0, block.cumulativeLost)
        this.remoteJitterMs = block.jitter / 8
        if (block.lastSenderReport === 0) continue
        const [seconds, fraction] = ntp(nowMs)
        const trip = (middle(seconds, fraction) - block.lastSenderReport - block.delaySince) | 0
        // clocks that were set meanwhile give nonsense
        if (trip >= 0 && trip < 10 * 65_536) this.roundTripMs = (trip / 65_536) * 1000
      }
    }
  }

  get learned(): Pick<LegStats, 'remoteLost' | 'remoteJitterMs' | 'roundTripMs'> {
    const { remoteLost, remoteJitterMs, roundTripMs } = this
    return {
      ...(remoteLost !== undefined && { remoteLost }),
      ...(remoteJitterMs !== undefined && { remoteJitterMs }),
      ...(roundTripMs !== undefined && { roundTripMs }),
    }
  }

  /** Our next report: as a sender where something was sent since the last one. */
  report(sent: Sent, arrivals: ArrivalStatistics, nowMs: number): Report {
    const [ntpSeconds, ntpFraction] = ntp(nowMs)
    const hasSent = sent.packets > this.packetsAtLastReport
    this.packetsAtLastReport = sent.packets
    return {
      ssrc: sent.ssrc,
      ...(hasSent && {
        sender: {
          ntpSeconds,
          ntpFraction,
          rtpTimestamp: sent.timestamp,
          packets: sent.packets,
          octets: sent.octets,
        },
      }),
      blocks: arrivals.hasStarted
        ? [
            {
              ssrc: arrivals.ssrc,
              fractionLost: arrivals.takeFractionLost(),
              cumulativeLost: arrivals.cumulativeLost,
              extendedHighest: arrivals.extendedHighest,
              jitter: Math.round(arrivals.jitter),
              lastSenderReport: this.lastSenderReport,
              delaySince: this.lastSenderReport
                ? Math.min(0xffffffff, Math.round((nowMs - this.lastSenderReportAtMs) * 65.536))
                : 0,
            },
          ]
        : [],
    }
  }
}

const ntp = (nowMs: number): [seconds: number, fraction: number] => {
  const seconds = Math.floor(nowMs / 1000)
  return [(seconds + NTP_EPOCH_S) >>> 0, Math.floor((nowMs / 1000 - seconds) * 2 ** 32) >>> 0]
}

const middle = (seconds: number, fraction: number): number =>
  (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0
