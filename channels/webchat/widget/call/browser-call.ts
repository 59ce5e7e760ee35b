/** The browser's microphone and connection, as a call needs them. */
import { NoMicrophone } from './web-call.ts'
import type { CallPeer, CallWorld, Voice } from './web-call.ts'

interface BrowserVoice extends Voice {
  stream: MediaStream
}

/** Host candidates come within milliseconds; what is late is not worth the wait. */
const GATHER_WITHIN_MS = 1000

export const mayCall = () => isSecureContext && 'RTCPeerConnection' in window

export function browserCall(): Pick<CallWorld, 'microphone' | 'peer'> {
  return { microphone, peer: (voice) => openPeer(voice as BrowserVoice) }
}

async function microphone(): Promise<BrowserVoice> {
  if (!mayCall()) throw new NoMicrophone('Insecure')
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
    return {
      stream,
      mute: (on) => each(stream, (track) => (track.enabled = !on)),
      stop: () => each(stream, (track) => track.stop()),
    }
  } catch (error) {
    throw new NoMicrophone((error as Error).name === 'NotAllowedError' ? 'Refused' : 'None')
  }
}

function each(stream: MediaStream, run: (track: MediaStreamTrack) => void) {
  stream.getAudioTracks().forEach(run)
}

function openPeer({ stream }: BrowserVoice): CallPeer {
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
  const ear = new Audio()
  ear.autoplay = true
  connection.ontrack = ({ track }) => {
    ear.srcObject = new MediaStream([track])
    ear.play().catch(() => {
      // the click that began the call lets the page speak; where it does not, the next one does
      addEventListener('pointerdown', () => void ear.play(), { once: true })
    })
  }
  const peer: CallPeer = {
    async offer() {
      const [track] = stream.getAudioTracks()
      const transceiver = connection.addTransceiver(track ?? 'audio', { direction: 'sendrecv' })
      // G.711, as telephones speak: nobody in between has to transcode
      const known = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []
      const wanted = ['audio/PCMA', 'audio/PCMU'].flatMap((name) =>
        known.filter(({ mimeType }) => mimeType.toUpperCase() === name.toUpperCase()),
      )
      if (wanted.length > 0) transceiver.setCodecPreferences?.(wanted)
      await connection.setLocalDescription(await connection.createOffer())
      await gathered(connection)
      return connection.localDescription?.sdp ?? ''
    },
    accept: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
    close() {
      connection.onconnectionstatechange = connection.ontrack = null
      connection.close()
      ear.srcObject = null
    },
  }
  connection.onconnectionstatechange = () => {
    const { connectionState: to } = connection
    if (to === 'connected' || to === 'disconnected') peer.onState?.(to)
    if (to === 'failed' || to === 'closed') peer.onState?.('failed')
  }
  return peer
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const done = () => connection.iceGatheringState === 'complete' && resolve()
    setTimeout(resolve, GATHER_WITHIN_MS)
    connection.onicegatheringstatechange = done
    done()
  })
}
