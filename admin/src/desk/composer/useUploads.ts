import { useRef, useState } from 'react'
import { upload } from '../../api/upload.ts'
import { useDesk } from '../useDesk.ts'

export interface UploadRow {
  key: number
  name: string
  /** 0…1 */
  share: number
  error?: unknown
}

export interface UploadList {
  rows: UploadRow[]
  add(files: File[]): void
  dismiss(key: number): void
}

/** Files on their way up; each is sent as a message of its own when it has arrived. */
export function useUploads(conversationId: string): UploadList {
  const desk = useDesk()
  const [rows, setRows] = useState<UploadRow[]>([])
  const next = useRef(1)

  const change = (key: number, more: Partial<UploadRow>) =>
    setRows((all) => all.map((row) => (row.key === key ? { ...row, ...more } : row)))
  const dismiss = (key: number) => setRows((all) => all.filter((row) => row.key !== key))

  async function send(file: File): Promise<void> {
    const key = next.current++
    setRows((all) => [...all, { key, name: file.name, share: 0 }])
    try {
      const { blobId } = await upload(file, (share) => change(key, { share }))
      dismiss(key)
      desk.send(conversationId, { type: 'media', blobId }, false, file.name)
    } catch (error) {
      change(key, { error })
    }
  }

  return { rows, dismiss, add: (files) => files.forEach((file) => void send(file)) }
}
