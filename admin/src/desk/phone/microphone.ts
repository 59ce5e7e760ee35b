/** Why there is no microphone; each has its own sentence that says how to mend it. */
export type MicrophoneFault = 'refused' | 'none' | 'busy' | 'insecure'

export class NoMicrophone extends Error {
  readonly why: MicrophoneFault

  constructor(why: MicrophoneFault) {
    super(why)
    this.why = why
  }
}

/**
 * Asks for the microphone; the browser may show its question, so this can take as long as a person does.
 * A chosen one that was unplugged gives way to the computer's own choice.
 * @throws NoMicrophone
 */
export async function openMicrophone(deviceId: string | undefined): Promise<MediaStreamTrack> {
  // browsers hand out microphones on https and localhost only
  if (!window.isSecureContext || !('mediaDevices' in navigator)) throw new NoMicrophone('insecure')
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(deviceId && { deviceId: { ideal: deviceId } }),
      },
    })
    const [track] = stream.getAudioTracks()
    if (!track) throw new NoMicrophone('none')
    return track
  } catch (error) {
    throw error instanceof NoMicrophone ? error : new NoMicrophone(faultOf(error))
  }
}

/** By the names of Media Capture and Streams §10.2. */
export function faultOf(error: unknown): MicrophoneFault {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  return 'busy'
}
