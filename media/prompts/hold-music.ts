import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { BEATS_PER_BAR, holdMelody } from './hold-melody.ts'
import { pluck, swell } from './instruments.ts'
import { writeWavHeader } from './wav-header.ts'

/** raised when the piece changes */
const VERSION = 1
const RATE_HZ = 8000
/** 72 beats a minute */
const SECONDS_PER_BEAT = 60 / 72
/** −9 dBFS peak, −26 dBFS on average: it stays behind announcements, and above the noise of G.711 */
const PEAK = 32_768 * 10 ** (-9 / 20)
/** a room of 90 ms, a third comes back */
const ECHO_SECONDS = 0.09
const ECHO = 0.33

/**
 * A quiet piece for those who wait, played and composed by this code, so nobody's rights are touched:
 * plucked pentatonic notes over slow chords. Its end runs into its beginning without a seam. Rendered once.
 * @param dir made if it does not exist
 * @param seconds about that long, in whole pairs of bars; default 40
 * @returns the file, PCM16, mono, 8 kHz
 */
export async function holdMusic(dir: string, { seconds = 40 } = {}): Promise<string> {
  const bars = Math.max(2, 2 * Math.round(seconds / SECONDS_PER_BEAT / BEATS_PER_BAR / 2))
  const file = path.join(dir, `hold-music-v${VERSION}-${bars}.wav`)
  const samples = Math.round(bars * BEATS_PER_BAR * SECONDS_PER_BEAT * RATE_HZ)
  const header = writeWavHeader(1, RATE_HZ, 2 * samples)
  const found = await stat(file).catch(() => undefined)
  if (found?.size === header.length + 2 * samples) return file
  const loop = await play(bars, samples)
  await mkdir(dir, { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  await writeFile(temporary, Buffer.concat([header, Buffer.from(loop.buffer)]))
  await rename(temporary, file)
  return file
}

async function play(bars: number, samples: number): Promise<Int16Array> {
  const loop = new Float32Array(samples)
  const { notes, chords } = holdMelody(bars)
  for (const { beat, beats, pitches } of chords) {
    swell(loop, beat * SECONDS_PER_BEAT, beats * SECONDS_PER_BEAT, pitches)
    // half a second of computing in all: calls go on in between
    await pause()
  }
  for (const { beat, pitch, strength } of notes) {
    pluck(loop, beat * SECONDS_PER_BEAT, pitch, strength * 0.35)
    if (Number.isInteger(beat)) await pause()
  }
  echo(loop)
  let loudest = 0
  for (const sample of loop) loudest = Math.max(loudest, Math.abs(sample))
  return Int16Array.from(loop, (sample) => Math.round((sample / loudest) * PEAK))
}

const pause = () => new Promise((resolve) => setImmediate(resolve))

/** Twice around, so that the beginning holds the echo of the end. */
function echo(loop: Float32Array): void {
  const delay = Math.round(ECHO_SECONDS * RATE_HZ)
  const dry = loop.slice()
  for (let i = 0; i < 2 * loop.length; i++) {
    const at = i % loop.length
    loop[at] = dry[at]! + ECHO * loop[(at - delay + loop.length) % loop.length]!
  }
}
