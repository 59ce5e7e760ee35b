import type { MediaStreamTrack } from 'werift'
import {
  RTCDtlsTransport,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket as WeriftPacket,
} from 'werift'
import { fail } from '../../gateway/errors.ts'
import type { LegFormat } from '../engine/messages.ts'
import type { RtpPacket } from '../engine/rtp-packet.ts'
import type { Transport } from '../engine/transport.ts'
import type { Codec, LegStats } from '../media.ts'
import { answerFor } from './answer-sdp.ts'
import type { BrowserOffer } from './browser-offer.ts'
import { readBrowserOffer } from './browser-offer.ts'

/**
 * Browsers check the path every 2.5 s and send audio all the time; after three missed checks nobody is there
 * (RFC 7675 would wait for 30 s).
 */
const GONE_MS = 6000
const WATCH_MS = 1000

export interface PeerOptions {
  offerSdp: string
  /** the sockets are bound to it */
  host: string
  /** told to the browser */
  address: string
  /** undefined: any */
  ports?: [from: number, to: number]
  receive: (packet: RtpPacket) => void
  /** the audio path is up, or gone */
  connected: (connected: boolean) => void
}

/**
 * A browser's peer connection: PCMA or PCMU with telephone-event over DTLS-SRTP. We are an ICE-lite agent
 * (RFC 8445 §2.5), as we are not behind a NAT of our own: no checks to send, so no candidates of the browser
 * to look up (they are .local names), no STUN server, and an answer at once.
 */
export class BrowserPeer implements Transport {
  answerSdp = ''
  readonly format: LegFormat
  private readonly options: PeerOptions
  private readonly connection: RTCPeerConnection
  private seenAtMs = 0
  private isUp = false
  private watch: NodeJS.Timeout | undefined

  private constructor(options: PeerOptions, offer: BrowserOffer) {
    this.options = options
    this.format = formatOf(offer)
    this.connection = new RTCPeerConnection({
      codecs: { audio: codecParameters(offer), video: [] },
      iceLite: true,
      iceServers: [],
      iceUseIpv6: options.host.includes(':'),
      ...(isWildcard(options.host) ? {} : { iceInterfaceAddresses: interfaces(options.host) }),
      iceAdditionalHostAddresses: [options.address],
      ...(options.ports && { icePortRange: options.ports }),
      iceFilterStunResponse: () => {
        this.seenAtMs = performance.now()
        return true
      },
      bundlePolicy: 'max-bundle',
    })
  }

  /** @throws YiluError BAD_SDP, NO_COMMON_CODEC */
  static async answer(options: PeerOptions): Promise<BrowserPeer> {
    const offer = readBrowserOffer(options.offerSdp)
    const peer = new BrowserPeer(options, offer)
    try {
      await peer.negotiate(offer.sdp)
      return peer
    } catch (error) {
      peer.close()
      throw error
    }
  }

  get ready(): boolean {
    return this.isUp
  }

  send(packet: RtpPacket): void {
    const { payloadType, marker, sequence, timestamp, ssrc } = packet
    const sender = this.connection.getSenders()[0]!
    const header = new RtpHeader({
      payloadType,
      marker,
      sequenceNumber: sequence,
      timestamp,
      ssrc,
    })
    // the sender keeps what it sent, and the engine's buffers live for one frame only
    const payload = Buffer.from(packet.payload)
    if (payloadType === this.format.payloadType) {
      void sender.sendRtp(new WeriftPacket(header, payload)).catch(ignore)
      return
    }
    // a key: the sender knows one payload type only
    header.ssrc = sender.ssrc
    void sender.dtlsTransport.sendRtp(payload, header).catch(ignore)
  }

  /** what the browser reports of our packets */
  async stats(): Promise<Partial<LegStats>> {
    const reports: { type: string; packetsLost?: unknown; roundTripTime?: unknown }[] = [
      ...(await this.connection.getStats()).values(),
    ]
    const remote = reports.find(({ type }) => type === 'remote-inbound-rtp')
    const { packetsLost, roundTripTime } = remote ?? {}
    return {
      ...(typeof packetsLost === 'number' && { remoteLost: packetsLost }),
      ...(typeof roundTripTime === 'number' && { roundTripMs: roundTripTime * 1000 }),
    }
  }

  close(): void {
    clearInterval(this.watch)
    this.isUp = false
    this.connection.close().catch(ignore)
  }

  private async negotiate(sdp: string): Promise<void> {
    const { connection, options } = this
    connection.addTransceiver('audio', { direction: 'sendrecv' })
    connection.onTrack.subscribe((track) => this.listenTo(track))
    connection.connectionStateChange.subscribe((state) => this.onState(state))
    try {
      await connection.setRemoteDescription({ type: 'offer', sdp })
    } catch {
      return fail('BAD_SDP')
    }
    await connection.setLocalDescription(await connection.createAnswer())
    this.answerSdp = answerFor(connection.localDescription!.sdp, options.address)
  }

  private listenTo(track: MediaStreamTrack): void {
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      this.seenAtMs = performance.now()
      const { payloadType, marker, sequenceNumber: sequence, timestamp, ssrc } = header
      this.options.receive({ payloadType, marker, sequence, timestamp, ssrc, payload })
    })
  }

  private onState(state: string): void {
    if (state === 'connected') {
      this.seenAtMs = performance.now()
      this.watch ??= setInterval(() => this.look(), WATCH_MS)
      this.setUp(true)
    } else if (state === 'failed' || state === 'closed' || state === 'disconnected')
      this.setUp(false)
  }

  private look(): void {
    this.setUp(performance.now() - this.seenAtMs < GONE_MS)
  }

  private setUp(isUp: boolean): void {
    if (isUp === this.isUp) return
    this.isUp = isUp
    this.options.connected(isUp)
  }
}

const codecParameters = ({ formats }: BrowserOffer) =>
  formats.map(
    ({ name, payloadType }) =>
      new RTCRtpCodecParameters({
        mimeType: `audio/${name}`,
        clockRate: 8000,
        channels: 1,
        payloadType,
      }),
  )

function formatOf({ formats }: BrowserOffer): LegFormat {
  const [audio, event] = formats
  const codec = audio!.name as Codec
  const { payloadType } = audio!
  return {
    codec,
    payloadType,
    accepts: [{ codec, payloadType }],
    ...(event && {
      telephoneEvent: { send: event.payloadType, accept: [event.payloadType] },
    }),
    framesPerPacket: 1,
    sending: true,
    receiving: true,
  }
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

const interfaces = (host: string) => (host.includes(':') ? { udp6: host } : { udp4: host })

const ignore = () => undefined

/** The certificate of all peers of this worker: making it takes longer than an answer may. */
export async function prepareBrowserPeers(): Promise<void> {
  await RTCDtlsTransport.SetupCertificate()
}
