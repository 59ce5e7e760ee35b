/** A far end nobody here wrote: werift plays back to the browser what it hears from it. */
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift'

export class EchoServer {
  readonly offers: string[] = []
  readonly peers: RTCPeerConnection[] = []
  #packets = 0
  #onPacket: (() => void) | undefined

  async answer(offer: string): Promise<string> {
    this.offers.push(offer)
    const peer = new RTCPeerConnection({
      codecs: {
        audio: [
          new RTCRtpCodecParameters({
            mimeType: 'audio/PCMA',
            clockRate: 8000,
            channels: 1,
            payloadType: 8,
          }),
        ],
      },
      iceServers: [],
      // it binds loopback and would still advertise the network's address (facts/voice.md §2.1)
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
      iceAdditionalHostAddresses: ['127.0.0.1'],
    })
    this.peers.push(peer)
    const back = new MediaStreamTrack({ kind: 'audio' })
    peer.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe((rtp) => {
        back.writeRtp(rtp)
        this.#packets += 1
        this.#onPacket?.()
      }),
    )
    await peer.setRemoteDescription({ type: 'offer', sdp: offer })
    const [transceiver] = peer.getTransceivers()
    await transceiver!.sender.replaceTrack(back)
    transceiver!.setDirection('sendrecv')
    await peer.setLocalDescription(await peer.createAnswer())
    return peer.localDescription!.sdp
  }

  /** resolves when this many packets of 20 ms have come, over all lines */
  received(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onPacket = () => {
        if (this.#packets >= count) resolve()
      }
    })
  }

  async stop(): Promise<void> {
    await Promise.all(this.peers.map((peer) => peer.close()))
  }
}
