import type { Part } from '../../gateway/domain/message.ts'
import type { StoredFile } from '../../gateway/files/model.ts'

/** A stored file as a part of a message. */
export function mediaPart(
  file: Pick<StoredFile, '_id' | 'kind' | 'name' | 'mime' | 'bytes'>,
): Extract<Part, { type: 'media' }> {
  const { _id: blobId, kind, name, mime, bytes } = file
  return { type: 'media', kind, blobId, name, mime, bytes }
}
