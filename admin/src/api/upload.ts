import { address, announce } from './client.ts'
import { apiErrorOf, offline } from './error.ts'

export interface Upload {
  blobId: string
  name: string
  mime: string
  bytes: number
  kind: 'image' | 'audio' | 'video' | 'file'
  url: string
}

/** Sends one file; `onProgress` gets 0…1. XMLHttpRequest because fetch tells nothing of an upload's progress. */
export function upload(
  file: File,
  onProgress?: (share: number) => void,
  path = '/uploads',
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address(path))
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    request.onerror = () => reject(offline())
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as Upload)
        return
      }
      const error = apiErrorOf(request.status, request.responseText)
      announce(error)
      reject(error)
    }
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
