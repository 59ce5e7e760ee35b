import path from 'node:path'
import { Complaint } from './words.mjs'

/** what one model may unpack to; the largest of vosk has 4 GB */
export const MAX_UNPACKED_BYTES = 8 * 1024 ** 3
export const MAX_ENTRIES = 5000

/**
 * Where an entry of an archive goes. Names come from whoever made the archive.
 * @throws Complaint if it would leave the folder
 */
export function safePath(folder, name) {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  const odd =
    name.startsWith('/') || /[\\:\0]/.test(name) || parts.includes('..') || name.length > 500
  if (odd || parts.length === 0) throw badArchive(`path ${JSON.stringify(name.slice(0, 80))}`)
  return path.join(folder, ...parts)
}

export function badArchive(what) {
  return new Complaint(
    `压缩包有问题(${what}),未安装。`,
    `The archive is not one that can be trusted (${what}); nothing was installed.`,
  )
}
