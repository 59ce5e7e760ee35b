/** The browser's end of a line: one RTCPeerConnection with one audio stream each way. */

/** The part of it a line needs, so that tests can play the browser. */
export interface Peer<Track = MediaStreamTrack, Stream = MediaStream> {
  onState?: (state: PeerState) => void
  onAudio?: (stream: Stream) => void
  /** @returns a complete offer, all candidates in it */
  offer(track: Track): Promise<string>
  accept(answer: string): Promise<void>
  replace(track: Track): Promise<void>
  close(): void
}
export type PeerState = 'connected' | 'disconnected' | 'failed'

/** Host candidates are there within milliseconds; a network card that sleeps must not hold up a call. */
const GATHER_WITHIN_MS = 1000
/** G.711 end to end, so nobody transcodes; telephone-event for keys some day sent from here. */
const CODECS = ['audio/PCMA', 'audio/PCMU', 'audio/telephone-event']

export function openPeer(): Peer {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
  let sender: RTCRtpSender | undefined
  const peer: Peer = {
    async offer(track) {
      const transceiver = connection.addTransceiver(track, { direction: 'sendrecv' })
      sender = transceiver.sender
      preferCodecs(transceiver)
      await connection.setLocalDescription()
      await gathered(connection)
      return connection.localDescription?.sdp ?? ''
    },
    accept: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
    replace: async (track) => sender?.replaceTrack(track),
    close() {
      connection.onconnectionstatechange = connection.ontrack = null
      connection.close()
    },
  }
  connection.ontrack = ({ track, streams }) =>
    peer.onAudio?.(streams[0] ?? new MediaStream([track]))
  connection.onconnectionstatechange = () => {
    const { connectionState } = connection
    if (connectionState === 'connected' || connectionState === 'disconnected')
      peer.onState?.(connectionState)
    // the far end took its side down: for a line that is still wanted the same as a broken one
    if (connectionState === 'failed' || connectionState === 'closed') peer.onState?.('failed')
  }
  return peer
}

function preferCodecs(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []
  const wanted = CODECS.flatMap((mimeType) =>
    known.filter(
      (codec) =>
        codec.mimeType.toLowerCase() === mimeType.toLowerCase() && codec.clockRate === 8000,
    ),
  )
  // an older browser offers everything it has; the answer chooses
  if (wanted.length > 0 && 'setCodecPreferences' in transceiver)
    transceiver.setCodecPreferences(wanted)
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_WITHIN_MS)
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState !== 'complete') return
      clearTimeout(timer)
      resolve()
    })
  })
}
