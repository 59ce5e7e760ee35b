import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of an archive, honest or not. */
export interface Entry {
  name: string
  body: string
  /** a symbolic link to `body` */
  link?: boolean
  saidSize?: number
  saidCrc?: number
}

/** What makes a folder a Vosk model, by name. */
export const MODEL_FILES: Entry[] = [
  { name: 'some-model/am/final.mdl', body: 'acoustics '.repeat(500) },
  { name: 'some-model/conf/model.conf', body: '--beam=10\n' },
  { name: 'some-model/graph/HCLG.fst', body: 'graph '.repeat(500) },
]

const SYMBOLIC_LINK = 0o120777
const PLAIN_FILE = 0o100644

/** APPNOTE.TXT 4.3.6 */
export function zip(entries: Entry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const body = Buffer.from(entry.body)
    const packed = deflateRawSync(body)
    const name = Buffer.from(entry.name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(entry.saidCrc ?? crc32(body), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(entry.saidSize ?? body.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((entry.link ? SYMBOLIC_LINK : PLAIN_FILE) << 16) >>> 0, 6)
    tail.writeUInt32LE(at, 10)
    // made by Unix, so that the mode counts
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), shared, tail, name]))
    locals.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, listed, end])
}

/** POSIX.1-2017, ustar */
export function tar(entries: Entry[]): Buffer {
  const blocks = entries.map((entry) => {
    const header = Buffer.alloc(512)
    const body = Buffer.from(entry.link ? '' : entry.body)
    header.write(entry.name, 0)
    header.write('0000644\0', 100)
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write(entry.link ? '2' : '0', 156)
    if (entry.link) header.write(entry.body, 157)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((all, byte) => all + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
