/** Sounds made on the spot: no file to load, none to license. */
let context: AudioContext | undefined

function note(audio: AudioContext, frequency: number, afterS: number, lastsS: number): void {
  const start = audio.currentTime + afterS
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = frequency
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.12, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, start + lastsS)
  tone.connect(volume).connect(audio.destination)
  tone.start(start)
  tone.stop(start + lastsS)
}

/**
 * Makes a sound on one output device, where the browser can choose (Audio Output Devices API); else on the
 * computer's own. Browsers keep silent until the page was touched once; asking earlier only fills the console.
 */
function sound(device: string | undefined, play: (audio: AudioContext) => void): void {
  if (!navigator.userActivation.hasBeenActive) return
  try {
    context ??= new AudioContext()
    const audio: AudioContext & { setSinkId?: (id: string) => Promise<void> } = context
    void audio.resume()
    // unplugged meanwhile: better on the wrong device than silent
    const chosen = audio.setSinkId?.(device ?? '').catch(() => undefined) ?? Promise.resolve()
    void chosen.then(() => play(audio))
  } catch {
    // no sound device: the screen says it all
  }
}

const BELL = [
  [659, 0],
  [880, 0.16],
  [659, 0.6],
  [880, 0.76],
] as const

export function chime(kind: 'offer' | 'message'): void {
  sound(undefined, (audio) => {
    if (kind === 'message') note(audio, 880, 0, 0.18)
    else for (const [frequency, afterS] of BELL) note(audio, frequency, afterS, 0.35)
  })
}

const RING_EVERY_MS = 3000

/** Rings until the returned function is called. */
export function ring(device: string | undefined): () => void {
  const once = () =>
    sound(device, (audio) => {
      for (const [frequency, afterS] of BELL) note(audio, frequency, afterS, 0.35)
    })
  once()
  const timer = setInterval(once, RING_EVERY_MS)
  return () => clearInterval(timer)
}

/** A second of 440 Hz in the earpiece, to see whether one hears anything at all. */
export function testTone(device: string | undefined): void {
  sound(device, (audio) => note(audio, 440, 0, 1))
}
