/** POST …/upload: an activity and its files in one multipart body, or one file as the body itself. */
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import type { Request } from 'express'
import type { Files } from '../../gateway/files/files.ts'
import { MAX_FILE_BYTES } from '../../gateway/files/files.ts'
import { dispositionName } from '../disposition-name.ts'
import { MAX_ACTIVITY_BYTES } from './incoming-activity.ts'
import { Refusal, refuse } from './refusal.ts'

export const MAX_FILES = 5

type Stored = Awaited<ReturnType<Files['put']>>

export interface Upload {
  /** as it came, JSON */
  activity: string | undefined
  files: Stored[]
}

/** @throws Refusal, or an error of the table about a file */
export async function receiveUpload(
  request: Request,
  files: Pick<Files, 'put'>,
  by: string,
): Promise<Upload> {
  if (request.is('multipart/form-data')) return multipart(request, files, by)
  const name = dispositionName(request.headers['content-disposition'] ?? '') ?? 'file'
  return { activity: undefined, files: [await files.put(request, name, by)] }
}

function multipart(request: Request, files: Pick<Files, 'put'>, by: string): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const stored: Promise<Stored>[] = []
    let activity: Promise<string> | undefined
    const parser = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: {
        ...{ files: MAX_FILES + 1, fields: 2, parts: MAX_FILES + 3 },
        ...{ fieldSize: MAX_ACTIVITY_BYTES, fileSize: MAX_FILE_BYTES + 1 },
      },
    })
    parser.on('file', (field, stream, { filename }) => {
      // a Blob of JSON counts as a file in a browser's form
      if (field === 'activity') activity = readText(stream)
      else if (stored.length >= MAX_FILES) {
        stream.resume()
        reject(new Refusal('BadArgument'))
        return
      } else stored.push(files.put(stream, filename || 'file', by))
      for (const each of [activity, ...stored]) each?.catch(reject)
    })
    parser.on('field', (field, value) => {
      if (field === 'activity') activity = Promise.resolve(value)
    })
    parser.on('filesLimit', () => reject(new Refusal('BadArgument')))
    parser.on('error', () => reject(new Refusal('BadArgument')))
    parser.on('close', () => {
      Promise.all([activity, Promise.all(stored)]).then(
        ([text, all]) => resolve({ activity: text, files: all }),
        reject,
      )
    })
    request.on('aborted', () => {
      parser.destroy()
      reject(new Refusal('BadArgument'))
    })
    request.pipe(parser)
  })
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_ACTIVITY_BYTES) refuse('MessageSizeTooBig')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
