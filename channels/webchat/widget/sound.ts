/** Two soft notes for a new message, made on the spot: no file to load. Off unless switched on. */
let context: AudioContext | undefined

export function chime() {
  try {
    context ??= new AudioContext()
    void context.resume()
    note(context, 659, 0)
    note(context, 880, 0.12)
  } catch {
    // no audio device: the badge tells it too
  }
}

function note(audio: AudioContext, hertz: number, afterSeconds: number) {
  const at = audio.currentTime + afterSeconds
  const gain = audio.createGain()
  gain.gain.setValueAtTime(0.0001, at)
  gain.gain.exponentialRampToValueAtTime(0.08, at + 0.02)
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.35)
  const tone = audio.createOscillator()
  tone.frequency.value = hertz
  tone.connect(gain).connect(audio.destination)
  tone.start(at)
  tone.stop(at + 0.4)
}
