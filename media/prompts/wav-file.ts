/** A recording as it lies on disk, whatever became of the process that wrote it. */
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { WavFormat } from './wav-header.ts'
import { readWavHeader } from './wav-header.ts'

/** Holds every header met so far (media/prompts/wav-header.ts). */
const HEADER_BYTES = 4096

export interface WavFile {
  format: WavFormat
  /** of the file */
  bytes: number
  /** of whole frames of samples that are there, whatever the header says */
  dataBytes: number
  durationMs: number
}

/** @returns undefined where there is no such file, or it is not WAV */
export async function readWav(file: string): Promise<WavFile | undefined> {
  const handle = await openOr(file, 'r')
  if (!handle) return undefined
  try {
    return await measure(handle)
  } finally {
    await handle.close()
  }
}

/**
 * After a crash the header lags behind the samples by up to a second: it is set to what is there, and half a
 * frame at the end is cut off.
 */
export async function mendWav(file: string): Promise<WavFile | undefined> {
  const handle = await openOr(file, 'r+')
  if (!handle) return undefined
  try {
    const wav = await measure(handle)
    if (!wav) return undefined
    const { format, dataBytes } = wav
    const bytes = format.dataFrom + dataBytes
    if (bytes === wav.bytes && format.dataBytes === dataBytes) return wav
    await handle.truncate(bytes)
    const sizes = Buffer.alloc(8)
    sizes.writeUInt32LE(Math.min(bytes - 8, 0xffffffff), 0)
    sizes.writeUInt32LE(Math.min(dataBytes, 0xffffffff), 4)
    await handle.write(sizes, 0, 4, 4)
    await handle.write(sizes, 4, 4, format.dataFrom - 4)
    await handle.sync()
    return { ...wav, bytes, format: { ...format, dataBytes } }
  } finally {
    await handle.close()
  }
}

async function measure(handle: FileHandle): Promise<WavFile | undefined> {
  const { size } = await handle.stat()
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
  const format = readWavHeader(buffer.subarray(0, bytesRead))
  if (!format) return undefined
  const frameBytes = format.channels * (format.encoding === 'pcm16' ? 2 : 1)
  const frames = Math.floor(Math.max(0, size - format.dataFrom) / frameBytes)
  return {
    format,
    bytes: size,
    dataBytes: frames * frameBytes,
    durationMs: Math.round((frames * 1000) / format.sampleRate),
  }
}

async function openOr(file: string, flags: 'r' | 'r+'): Promise<FileHandle | undefined> {
  try {
    return await open(file, flags)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
