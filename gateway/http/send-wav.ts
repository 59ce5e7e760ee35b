/** Answers with a WAV file, whole or in part (RFC 9110 §14). */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { fail } from '../errors.ts'

export interface WavAnswer {
  file: string
  request: Request
  response: Response
  /** it is to be saved, under this name */
  saveAs?: string
  /** it is there, and somebody gets it: not called for HEAD */
  onSend?: () => Promise<void>
}

/** @throws RECORDING_GONE */
export async function sendWav({
  file,
  request,
  response,
  saveAs,
  onSend,
}: WavAnswer): Promise<void> {
  const size = await sizeOf(file)
  if (!size) fail('RECORDING_GONE')
  const asked = request.range(size)
  response.setHeader('Accept-Ranges', 'bytes')
  if (asked === -1) {
    response.setHeader('Content-Range', `bytes */${size}`)
    response.status(416).end()
    return
  }
  // one range is sent as asked; several, or something unreadable, get the whole (§14.2)
  const range = Array.isArray(asked) && asked.type === 'bytes' && asked.length === 1 && asked[0]
  const { start, end } = range || { start: 0, end: size - 1 }
  if (request.method !== 'HEAD') await onSend?.()
  if (range) {
    response.status(206)
    response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`)
  }
  response.setHeader('Content-Type', 'audio/wav')
  response.setHeader('Content-Length', end - start + 1)
  // kept by no browser and no proxy: the next listening is to be seen, too
  response.setHeader('Cache-Control', 'private, no-store')
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  if (saveAs) response.setHeader('Content-Disposition', `attachment; filename="${saveAs}"`)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // whoever stops listening goes away in the middle
  await pipeline(createReadStream(file, { start, end }), response).catch(() => response.destroy())
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
