/**
 * The other ends of a media bench, in a process of their own: telephones on one socket, browsers as peer
 * connections. Told what to do by messages; sends a voice-like signal every 20 ms for each.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
} from 'werift'
import { g711 } from '../../../media/codecs/g711.ts'
import { writeRtp } from '../../../media/engine/rtp-packet.ts'

export type ToGenerator =
  | { kind: 'phones'; ports: number[] }
  | { kind: 'offer'; id: number }
  | { kind: 'answer'; id: number; sdp: string }
  | { kind: 'reset' }

export type FromGenerator =
  | { kind: 'port'; port: number }
  | { kind: 'offer'; id: number; sdp: string }
  | { kind: 'connected'; id: number }
  | { kind: 'received'; packets: number; atMs: number }

const tell = (message: FromGenerator) => process.send!(message)

const socket = createSocket({ type: 'udp4', recvBufferSize: 2 ** 22, sendBufferSize: 2 ** 22 })
socket.bind(0, '127.0.0.1')
await once(socket, 'listening')
let received = 0
socket.on('message', () => received++)

/** 1 s of something with the loudness of speech */
const voice = new Uint8Array(8000)
g711.PCMA.encode(
  Int16Array.from({ length: 8000 }, (_, i) => 8000 * Math.sin(i / 9) * Math.sin(i / 700)),
  voice,
)

let ports: number[] = []
const peers = new Map<
  number,
  { connection: RTCPeerConnection; track: MediaStreamTrack; up: boolean }
>()
let frame = 0
let slot = 0
const startedAtMs = performance.now()

function sendPhone(index: number): void {
  const payload = voice.subarray((frame % 50) * 160, (frame % 50) * 160 + 160)
  const sequence = frame & 0xffff
  const timestamp = (frame * 160) >>> 0
  const packet = { payloadType: 8, marker: false, sequence, timestamp, ssrc: index + 1, payload }
  socket.send(writeRtp(packet), ports[index]!, '127.0.0.1')
}

function sendBrowsers(): void {
  const payload = Buffer.from(voice.subarray((frame % 50) * 160, (frame % 50) * 160 + 160))
  for (const { track, up } of peers.values()) {
    if (!up) continue
    const header = new RtpHeader({
      payloadType: 8,
      sequenceNumber: frame & 0xffff,
      timestamp: (frame * 160) >>> 0,
    })
    track.writeRtp(new RtpPacket(header, payload))
  }
}

// twenty slots of 1 ms, so that the packets of many phones come spread as in life
setInterval(() => {
  for (; frame * 20 + slot <= performance.now() - startedAtMs; slot++) {
    if (slot === 20) {
      slot = 0
      frame++
      sendBrowsers()
    }
    for (let index = slot; index < ports.length; index += 20) sendPhone(index)
  }
}, 1)
setInterval(() => tell({ kind: 'received', packets: received, atMs: performance.now() }), 500)

async function offer(id: number): Promise<void> {
  const connection = new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({
          mimeType: 'audio/PCMA',
          clockRate: 8000,
          channels: 1,
          payloadType: 8,
        }),
      ],
      video: [],
    },
    iceServers: [],
    iceUseIpv6: false,
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceAdditionalHostAddresses: ['127.0.0.1'],
  })
  const track = new MediaStreamTrack({ kind: 'audio' })
  connection.addTransceiver(track, { direction: 'sendrecv' })
  for (const { connection: ice } of connection.iceTransports) {
    // with no server given the library asks a public one
    ;(ice as { stunServer?: unknown }).stunServer = undefined
  }
  const peer = { connection, track, up: false }
  peers.set(id, peer)
  connection.onTrack.subscribe((theirs) => theirs.onReceiveRtp.subscribe(() => received++))
  connection.connectionStateChange.subscribe((state) => {
    if (state !== 'connected' || peer.up) return
    peer.up = true
    tell({ kind: 'connected', id })
  })
  await connection.setLocalDescription(await connection.createOffer())
  tell({ kind: 'offer', id, sdp: connection.localDescription!.sdp })
}

process.on('message', (message: ToGenerator) => {
  switch (message.kind) {
    case 'phones':
      ports = message.ports
      return
    case 'offer':
      void offer(message.id)
      return
    case 'answer':
      void peers
        .get(message.id)!
        .connection.setRemoteDescription({ type: 'answer', sdp: message.sdp })
      return
    case 'reset':
      ports = []
      for (const { connection } of peers.values()) void connection.close()
      peers.clear()
  }
})
tell({ kind: 'port', port: socket.address().port })
