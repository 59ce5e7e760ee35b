/** What only the browser can decode (M4A, AAC, its own recordings) as a WAV file the server takes. */

/** enough for a telephone, and ten minutes are below the 10 MB an upload may have */
export const WAV_RATE_HZ = 8000 * 2
export const MAX_SECONDS = 300

/** PCM16, mono. @param samples −1 … 1 */
export function wavOf(samples: Float32Array, rateHz: number): Blob {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length))
  const put = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) bytes.setUint8(at + i, text.charCodeAt(i))
  }
  put(0, 'RIFF')
  bytes.setUint32(4, 36 + 2 * samples.length, true)
  put(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true)
  bytes.setUint16(22, 1, true)
  bytes.setUint32(24, rateHz, true)
  bytes.setUint32(28, 2 * rateHz, true)
  bytes.setUint16(32, 2, true)
  bytes.setUint16(34, 16, true)
  put(36, 'data')
  bytes.setUint32(40, 2 * samples.length, true)
  samples.forEach((sample, at) => {
    const bounded = Math.max(-1, Math.min(1, sample))
    bytes.setInt16(44 + 2 * at, Math.round(bounded * 32_767), true)
  })
  return new Blob([bytes.buffer], { type: 'audio/wav' })
}

/** @throws DOMException where the browser cannot decode it either, RangeError beyond MAX_SECONDS */
export async function asWav(blob: Blob): Promise<Blob> {
  // decodes and resamples in one; its length is only known afterwards
  const context = new OfflineAudioContext(1, 1, WAV_RATE_HZ)
  const sound = await context.decodeAudioData(await blob.arrayBuffer())
  if (sound.duration > MAX_SECONDS) throw new RangeError('too long')
  const mixer = new OfflineAudioContext(1, Math.max(1, sound.length), WAV_RATE_HZ)
  const source = mixer.createBufferSource()
  source.buffer = sound
  source.connect(mixer.destination)
  source.start()
  const mono = await mixer.startRendering()
  return wavOf(mono.getChannelData(0), WAV_RATE_HZ)
}
