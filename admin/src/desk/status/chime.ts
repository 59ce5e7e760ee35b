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

/** Browsers keep silent until the page was touched once; asking earlier only fills the console. */
export function chime(kind: 'offer' | 'message'): void {
  if (!navigator.userActivation.hasBeenActive) return
  try {
    context ??= new AudioContext()
    void context.resume()
    if (kind === 'message') {
      note(context, 880, 0, 0.18)
      return
    }
    for (const [frequency, afterS] of [
      [659, 0],
      [880, 0.16],
      [659, 0.6],
      [880, 0.76],
    ] as const)
      note(context, frequency, afterS, 0.35)
  } catch {
    // no sound device: the screen says it all
  }
}
