/** The sending of a file, with its progress. */
import { errorOf } from './file-check.ts'
import { localError } from './i18n.ts'
import type { LocalError, UploadResponse, WireError } from './wire.ts'

export interface Upload {
  id: string
  file: File
  percent: number
  error?: WireError | LocalError
}

export class UploadFailed extends Error {
  readonly status: number
  readonly told: WireError | LocalError
  constructor(status: number, told: WireError | LocalError) {
    super(told.en)
    this.status = status
    this.told = told
  }
}

/** XMLHttpRequest because fetch cannot tell how much has gone out. */
export function sendFile(
  file: File,
  token: string,
  onPercent: (percent: number) => void,
): { done: Promise<UploadResponse>; abort(): void } {
  const request = new XMLHttpRequest()
  const done = new Promise<UploadResponse>((resolve, reject) => {
    request.open('POST', '/webchat/uploads')
    request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onPercent(Math.round((loaded / total) * 100))
    request.onload = () => {
      const answer: unknown = request.response
      if (request.status < 300) resolve(answer as UploadResponse)
      else reject(new UploadFailed(request.status, errorOf(answer)))
    }
    request.onerror = () => reject(new UploadFailed(0, localError('failed')))
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
  return { done, abort: () => request.abort() }
}
