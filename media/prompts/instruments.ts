/** Sounds of the hold music. Both add into a loop: what rings over its end goes on at its beginning. */
const RATE_HZ = 8000

const hertz = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12)

/** A soft plucked string: harmonics that fade the faster the higher they are. */
export function pluck(
  loop: Float32Array,
  atSeconds: number,
  pitch: number,
  strength: number,
): void {
  const start = Math.round(atSeconds * RATE_HZ)
  const base = hertz(pitch)
  for (let harmonic = 1; harmonic <= 6 && base * harmonic < 3400; harmonic++) {
    // real strings are a little sharp in their overtones
    const step = (2 * Math.PI * base * harmonic * (1 + 0.0004 * harmonic ** 2)) / RATE_HZ
    const decay = Math.exp(-(1.6 + 0.9 * harmonic) / RATE_HZ)
    const attack = 0.004 * RATE_HZ
    let level = (strength * 0.9) / harmonic ** 1.4
    for (let i = 0; level > 0.0005; i++) {
      const rise = i < attack ? i / attack : 1
      loop[(start + i) % loop.length]! += Math.sin(step * i) * level * rise
      level *= decay
    }
  }
}

/** A chord that swells and fades; it overlaps the next by the length of its fading. */
export function swell(
  loop: Float32Array,
  atSeconds: number,
  seconds: number,
  pitches: number[],
): void {
  const start = Math.round(atSeconds * RATE_HZ)
  const fade = 1.6
  const length = Math.round((seconds + fade) * RATE_HZ)
  for (const [index, pitch] of pitches.entries()) {
    const step = (2 * Math.PI * hertz(pitch)) / RATE_HZ
    for (let i = 0; i < length; i++) {
      const at = i / RATE_HZ
      const envelope = Math.min(1, at / fade, (seconds + fade - at) / fade)
      // two voices that drift against each other by a third of a hertz
      const drift = Math.sin(2 * Math.PI * (0.3 + 0.05 * index) * at)
      const tone = Math.sin(step * i) + 0.5 * Math.sin(2 * step * i + drift)
      loop[(start + i) % loop.length]! += 0.055 * envelope * (1 + 0.2 * drift) * tone
    }
  }
}
