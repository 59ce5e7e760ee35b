/** What may be sent, checked before a byte goes out; and what a refusal over HTTP says. */
import { localError } from './i18n.ts'
import type { LocalError, WireError } from './wire.ts'

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024

const TYPES = /^(image\/(jpeg|png|gif|webp)|audio\/|video\/|text\/(plain|csv)|application\/pdf)/
const OFFICE = /\.(jpe?g|png|gif|webp|pdf|docx?|xlsx?|pptx?|txt|csv|mp3|m4a|wav|ogg|amr|mp4|webm)$/i

/** For the file picker; the same kinds as above. */
export const ACCEPT =
  'image/jpeg,image/png,image/gif,image/webp,audio/*,video/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv'

/** Why a file cannot be sent, or undefined. The server looks again, at the bytes themselves. */
export function refuseFile(file: { name: string; type: string; size: number }) {
  if (file.size === 0) return localError('fileEmpty')
  if (file.size > MAX_UPLOAD_BYTES) return localError('fileTooLarge')
  return TYPES.test(file.type) || OFFICE.test(file.name) ? undefined : localError('fileType')
}

/** An error answer is the WireError itself or carries it under `error`. */
export function errorOf(answer: unknown): WireError | LocalError {
  if (typeof answer === 'object' && answer !== null) {
    const inner = 'error' in answer ? (answer as { error: unknown }).error : answer
    if (typeof inner === 'object' && inner !== null && 'zh' in inner && 'en' in inner) {
      return inner as WireError
    }
  }
  return localError('failed')
}
