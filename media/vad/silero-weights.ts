import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A convolution with three taps: `[output][tap][input]`, and a bias per output. */
export interface Convolution {
  weights: Float32Array
  bias: Float32Array
  inputs: number
  outputs: number
}

export interface SileroWeights {
  /** 65 real rows, then 65 imaginary ones, of a windowed Fourier transform of 128 samples */
  basis: Float32Array
  encoder: [Convolution, Convolution, Convolution, Convolution]
  /** gates input, forget, cell, output; 128 rows each */
  inputGates: Float32Array
  recurrentGates: Float32Array
  gateBias: Float32Array
  output: Float32Array
  outputBias: number
}

/** The file lies beside this one, and beside the bundle in dist (scripts/build.mjs copies it). */
const FILE = new URL('./silero-v5-8k.bin', import.meta.url)
/** printed by scripts/extract-silero.mjs */
const SHA256 = '9aa798956340ea363f6d2255d86288bb6eb2d640e3248c38d494999ec975f6b7'

let loaded: SileroWeights | undefined

/** The weights, read once per thread. @throws Error if the file is missing or is not the one that was released */
export function sileroWeights(): SileroWeights {
  loaded ??= parse(readFileSync(FILE))
  return loaded
}

function parse(file: Buffer): SileroWeights {
  const found = createHash('sha256').update(file).digest('hex')
  if (found !== SHA256) throw new Error(`${FILE.pathname} is damaged: its SHA-256 is ${found}`)
  // a copy, because a small Buffer may start at any byte of a shared pool
  const floats = new Float32Array(Uint8Array.from(file).buffer)
  let at = 0
  const take = (length: number) => floats.subarray(at, (at += length))
  const convolution = (outputs: number, inputs: number): Convolution => ({
    weights: take(outputs * 3 * inputs),
    bias: take(outputs),
    inputs,
    outputs,
  })
  return {
    basis: take(130 * 128),
    encoder: [
      convolution(128, 65),
      convolution(64, 128),
      convolution(64, 64),
      convolution(128, 64),
    ],
    inputGates: take(512 * 128),
    recurrentGates: take(512 * 128),
    gateBias: take(512),
    output: take(128),
    outputBias: take(1)[0]!,
  }
}
