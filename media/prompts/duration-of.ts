import { open } from 'node:fs/promises'
import path from 'node:path'
import { fail } from '../../gateway/errors.ts'
import type { WavFormat } from './wav-header.ts'
import { readWavHeader } from './wav-header.ts'

/** every header met so far */
const HEAD_BYTES = 4096
const HEADERLESS: WavFormat = {
  encoding: 'pcm16',
  channels: 1,
  sampleRate: 8000,
  dataFrom: 0,
  dataBytes: Infinity,
}

/** What the player of calls can play: its format, with the length that is really there. */
export interface WavInfo extends WavFormat {
  durationMs: number
}

/** @throws YiluError UNSUPPORTED_AUDIO where it is not WAV (or .pcm); the file system's errors */
export async function wavInfo(file: string): Promise<WavInfo> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES))
    await handle.read(head, 0, head.length, 0)
    const format = path.extname(file) === '.pcm' ? HEADERLESS : readWavHeader(head)
    if (!format) fail('UNSUPPORTED_AUDIO')
    const dataBytes = Math.min(format.dataBytes, size - format.dataFrom)
    const width = format.encoding === 'pcm16' ? 2 : 1
    const frames = Math.floor(dataBytes / width / format.channels)
    return { ...format, dataBytes, durationMs: Math.round((frames / format.sampleRate) * 1000) }
  } finally {
    await handle.close()
  }
}

/** ms. @throws as `wavInfo` */
export const durationOf = async (file: string): Promise<number> => (await wavInfo(file)).durationMs
