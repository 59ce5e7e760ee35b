import type { Readable } from 'node:stream'
import busboy from 'busboy'
import type { Request } from 'express'
import type { ErrorCode } from '../errors.ts'
import { YiluError } from '../errors.ts'

/**
 * One file of a multipart body.
 * @param take reads the stream, no further than it wants
 * @param maxBytes more is not handed on
 * @throws BAD_REQUEST, FILE_EMPTY, UNSUPPORTED_MEDIA; what `take` throws
 */
export async function receiveUpload<T>(
  request: Request,
  maxBytes: number,
  take: (stream: Readable, name: string) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let taken: Promise<T> | undefined
    const refuse = (code: ErrorCode) => reject(new YiluError(code))
    try {
      const parser = busboy({
        headers: request.headers,
        // without it a file name in Chinese arrives as Latin-1
        defParamCharset: 'utf8',
        limits: { files: 1, fields: 5, fieldSize: 1000, parts: 6, fileSize: maxBytes + 1 },
      })
      parser.on('file', (_field, stream, { filename }) => {
        taken = take(stream, filename || 'file')
        taken.catch(reject)
      })
      // one of two would be lost without a word
      parser.on('filesLimit', () => refuse('BAD_REQUEST'))
      parser.on('error', () => refuse('BAD_REQUEST'))
      parser.on('close', () => (taken ? taken.then(resolve, reject) : refuse('FILE_EMPTY')))
      request.on('aborted', () => {
        parser.destroy()
        refuse('BAD_REQUEST')
      })
      request.pipe(parser)
    } catch {
      refuse('UNSUPPORTED_MEDIA')
    }
  })
}

/** @throws YiluError `tooLarge` */
export async function readBounded(
  stream: Readable,
  maxBytes: number,
  tooLarge: ErrorCode,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new YiluError(tooLarge, { maxBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
