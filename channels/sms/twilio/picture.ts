/** A picture of an MMS as it is promised, before it is fetched. */
import type { IncomingSms } from '../link.ts'

type Picture = NonNullable<IncomingSms['media']>[number]

/** @param type e.g. image/jpeg */
export function pictureOf(url: string, type: string, index: number): Picture {
  const [major = '', minor = ''] = type.split('/')
  const kind = major === 'image' || major === 'audio' || major === 'video' ? major : 'file'
  return { kind, ref: url, name: `${index + 1}.${minor.replace(/\W.*/, '') || 'bin'}` }
}
