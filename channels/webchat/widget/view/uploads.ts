import { useRef, useState } from 'preact/hooks'
import type { Chat } from '../chat.ts'
import { refuseFile } from '../file-check.ts'
import { localError } from '../i18n.ts'
import { UploadFailed, sendFile } from '../upload.ts'
import type { Upload } from '../upload.ts'
import type { TokenResponse } from '../wire.ts'

export interface Uploads {
  list: readonly Upload[]
  add(files: Iterable<File>): void
  retry(upload: Upload): void
  cancel(upload: Upload): void
}

/** Files on their way; each becomes a message once the server holds it. */
export function useUploads(chat: Chat, token: (stale?: string) => Promise<TokenResponse>): Uploads {
  const [list, setList] = useState<readonly Upload[]>([])
  const aborts = useRef(new Map<string, () => void>())

  const change = (id: string, to: Partial<Upload>) =>
    setList((now) => now.map((held) => (held.id === id ? { ...held, ...to } : held)))
  const remove = (id: string) => setList((now) => now.filter((held) => held.id !== id))

  async function attempt(upload: Upload, stale?: string): Promise<void> {
    const { id, file } = upload
    let used: string | undefined
    try {
      used = (await token(stale)).token
      const sending = sendFile(file, used, (percent) => change(id, { percent }))
      aborts.current.set(id, sending.abort)
      const stored = await sending.done
      const { blobId, kind, name, mime, bytes, url } = stored
      remove(id)
      chat.say({ type: 'media', blobId }, { kind, name, mime, bytes, url })
    } catch (error) {
      const failed = error instanceof UploadFailed ? error : undefined
      // once more with a fresh token; a second 401 is an answer
      if (failed?.status === 401 && stale === undefined) return attempt(upload, used)
      change(id, { error: failed?.told ?? localError('failed') })
    } finally {
      aborts.current.delete(id)
    }
  }

  function start(upload: Upload) {
    void attempt(upload)
  }

  return {
    list,
    add(files) {
      for (const file of files) {
        const refusal = refuseFile(file)
        if (refusal) {
          chat.notice(refusal)
          continue
        }
        const upload: Upload = {
          id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
          file,
          percent: 0,
        }
        setList((now) => [...now, upload])
        start(upload)
      }
    },
    retry(upload) {
      change(upload.id, { error: undefined, percent: 0 })
      start(upload)
    },
    cancel(upload) {
      aborts.current.get(upload.id)?.()
      remove(upload.id)
    },
  }
}
