import type { Codec, HoldDirection, RtpLeg } from '../media.ts'
import type { LocalMedia, NegotiatedMedia } from '../sdp/sdp.ts'
import { answerOffer, makeOffer, readAnswer } from '../sdp/sdp.ts'
import { LegHandle } from './leg-handle.ts'
import type { WorkerThread } from './worker-thread.ts'

export interface RtpEnd {
  address: string
  /** of RTP; RTCP has the next */
  port: number
  codecs: Codec[]
}

/** An RTP leg, seen from the main thread: negotiation here, packets in the worker. */
export class RtpLegHandle extends LegHandle implements RtpLeg {
  private readonly local: LocalMedia
  private agreed: NegotiatedMedia | undefined

  constructor(id: string, thread: WorkerThread, closed: () => void, end: RtpEnd) {
    super(id, thread, closed)
    this.local = {
      address: end.address,
      rtpPort: end.port,
      rtcpPort: end.port + 1,
      rtcpMux: true,
      codecs: end.codecs,
      telephoneEvent: 101,
      ptimeMs: 20,
      direction: 'sendrecv',
      // RFC 4566 §5.2 suggests a time; unique enough together with our address and port
      sessionId: String(Date.now()),
      sessionVersion: 0,
    }
  }

  offer(direction: HoldDirection = 'sendrecv'): string {
    this.local.direction = direction
    this.local.sessionVersion++
    return makeOffer(this.local, this.agreed)
  }

  accept(answerSdp: string): { theirDirection: HoldDirection } {
    return this.use(readAnswer(answerSdp, this.local, this.agreed))
  }

  answer(offerSdp: string): { sdp: string; theirDirection: HoldDirection } {
    this.local.sessionVersion++
    const { sdp, media } = answerOffer(offerSdp, this.local)
    return { sdp, ...this.use(media) }
  }

  private use(media: NegotiatedMedia): { theirDirection: HoldDirection } {
    this.agreed = media
    const { codec, payloadType, telephoneEvent, direction } = media
    this.send({
      kind: 'format',
      leg: this.id,
      format: {
        codec,
        payloadType,
        accepts: [...media.accept].map(([type, each]) => ({ payloadType: type, codec: each })),
        ...(telephoneEvent && { telephoneEvent }),
        framesPerPacket: media.ptimeMs / 20,
        sending: direction === 'sendrecv' || direction === 'sendonly',
        receiving: direction === 'sendrecv' || direction === 'recvonly',
      },
      remote: { rtp: media.remoteRtp, rtcp: media.remoteRtcp, rtcpMux: media.rtcpMux },
    })
    return { theirDirection: media.theirDirection }
  }
}
