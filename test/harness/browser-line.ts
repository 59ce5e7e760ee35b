/** A console's softphone for tests: the desk's command `line`, WebRTC, a tone for a voice and an ear. */
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
} from 'werift'
import { g711 } from '../../media/codecs/g711.ts'
import type { LineResult } from '../../gateway/desk/protocol.ts'
import type { SimulatedAgent } from './agent.ts'
import { Ear } from './ear.ts'

const FRAME = 160
const PCMA = 8

export class BrowserLine extends Ear {
  private readonly connection: RTCPeerConnection
  private readonly track = new MediaStreamTrack({ kind: 'audio' })
  private readonly timer: NodeJS.Timeout
  private chunk: Int16Array[] = []
  private frame = 0
  private hz = 0

  private constructor() {
    super('the console')
    this.connection = new RTCPeerConnection({
      codecs: {
        audio: [
          new RTCRtpCodecParameters({
            mimeType: 'audio/PCMA',
            clockRate: 8000,
            channels: 1,
            payloadType: PCMA,
          }),
        ],
        video: [],
      },
      iceServers: [],
      iceUseIpv6: false,
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
      iceAdditionalHostAddresses: ['127.0.0.1'],
    })
    this.connection.addTransceiver(this.track, { direction: 'sendrecv' })
    // with no server given the library asks a public one
    for (const { connection } of this.connection.iceTransports)
      (connection as { stunServer?: unknown }).stunServer = undefined
    this.connection.onTrack.subscribe((theirs) =>
      theirs.onReceiveRtp.subscribe(({ header, payload }) => {
        if (header.payloadType === PCMA) this.take(payload)
      }),
    )
    const startedMs = performance.now()
    this.timer = setInterval(() => {
      while (this.frame * 20 <= performance.now() - startedMs) this.speak()
    }, 20)
  }

  /** Joins the call of a conversation from this agent's console. @throws the refusal */
  static open(agent: SimulatedAgent, conversationId: string): Promise<BrowserLine> {
    return BrowserLine.propose(
      async (sdp) => ((await agent.do({ do: 'line', conversationId, sdp })) as LineResult).sdp,
    )
  }

  /** Any line of a browser: `answer` takes the offer to the server. @throws what it throws */
  static async propose(answer: (sdp: string) => Promise<string>): Promise<BrowserLine> {
    const line = new BrowserLine()
    const { connection } = line
    try {
      await connection.setLocalDescription(await connection.createOffer())
      const { sdp } = connection.localDescription!
      const up = new Promise<void>((resolve) =>
        connection.connectionStateChange.subscribe((state) => {
          if (state === 'connected') resolve()
        }),
      )
      await connection.setRemoteDescription({ type: 'answer', sdp: await answer(sdp) })
      await up
      return line
    } catch (error) {
      line.close()
      throw error
    }
  }

  /** Speaks a tone until it is closed. */
  hum(hz: number): void {
    this.hz = hz
  }

  close(): void {
    clearInterval(this.timer)
    void this.connection.close()
  }

  private speak(): void {
    const from = this.frame * FRAME
    const pcm = Int16Array.from({ length: FRAME }, (_, at) =>
      this.hz ? 8000 * Math.sin((2 * Math.PI * this.hz * (from + at)) / 8000) : 0,
    )
    const payload = new Uint8Array(FRAME)
    g711.PCMA.encode(pcm, payload)
    const header = new RtpHeader({
      payloadType: PCMA,
      sequenceNumber: this.frame & 0xffff,
      timestamp: from >>> 0,
    })
    this.frame++
    if (this.connection.connectionState === 'connected')
      this.track.writeRtp(new RtpPacket(header, Buffer.from(payload)))
  }

  private take(payload: Buffer): void {
    const pcm = new Int16Array(payload.length)
    g711.PCMA.decode(payload, pcm)
    this.chunk.push(pcm)
    if (this.chunk.length < 5) return
    this.hear(Int16Array.from(this.chunk.flatMap((each) => [...each])))
    this.chunk = []
  }
}
