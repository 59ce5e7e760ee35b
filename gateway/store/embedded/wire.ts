import { deserialize } from 'bson'
import { checkBson, firstName } from './rawBson.ts'
import type { Doc } from './value.ts'
import { decodeReceived, encode, isDocument } from './value.ts'

/**
 * The MongoDB wire protocol (manual: "MongoDB Wire Protocol"), as much as a driver of today speaks:
 * OP_MSG, and OP_QUERY for the first hello only.
 */
export const MAX_MESSAGE_BYTES = 48_000_000
const HEADER_BYTES = 16
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013

const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2
/** Bits 0-15 must be understood, the others may be ignored. */
const UNKNOWN_REQUIRED = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME)

export interface Message {
  requestId: number
  legacy: boolean
  /** the client does not wait for an answer */
  silent: boolean
  command: string
  body: Doc
}

export class MalformedMessage extends Error {}

/** Cuts a stream of bytes into messages. Throws on a length no message can have. */
export class FrameReader {
  private chunks: Buffer[] = []
  private size = 0
  private wanted = 0

  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk)
    this.size += chunk.length
    const frames: Buffer[] = []
    while (this.size >= HEADER_BYTES) {
      if (!this.wanted) {
        this.wanted = this.joined().readInt32LE(0)
        if (this.wanted < HEADER_BYTES || this.wanted > MAX_MESSAGE_BYTES) {
          throw new MalformedMessage(`a message of ${this.wanted} bytes`)
        }
      }
      if (this.size < this.wanted) break
      const all = this.joined()
      frames.push(all.subarray(0, this.wanted))
      this.chunks = [all.subarray(this.wanted)]
      this.size -= this.wanted
      this.wanted = 0
    }
    return frames
  }

  /** Chunks are joined only when a length or a whole message is there, so each byte is copied little. */
  private joined(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks, this.size)]
    return this.chunks[0]!
  }
}

/** Throws MalformedMessage or MalformedBson; the connection is then closed. */
export function parseMessage(frame: Buffer): Message {
  const requestId = frame.readInt32LE(4)
  const opcode = frame.readInt32LE(12)
  if (opcode === OP_MSG) return parseMsg(frame, requestId)
  if (opcode === OP_QUERY) return parseQuery(frame, requestId)
  throw new MalformedMessage(`opcode ${opcode} is not supported`)
}

function parseMsg(frame: Buffer, requestId: number): Message {
  if (frame.length < 26) throw new MalformedMessage('a message is too short')
  const flags = frame.readUInt32LE(16)
  if (flags & UNKNOWN_REQUIRED) throw new MalformedMessage(`unknown flags ${flags}`)
  const end = frame.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  let body: Buffer | null = null
  const sequences: [string, Buffer[]][] = []
  let at = 20
  while (at < end) {
    const kind = frame[at]
    const start = at + 1
    if (kind === 0) {
      if (body) throw new MalformedMessage('two bodies in one message')
      at = checkBson(frame, start, end)
      body = frame.subarray(start, at)
    } else if (kind === 1) at = parseSequence(frame, start, end, sequences)
    else throw new MalformedMessage(`section of kind ${String(kind)}`)
  }
  if (!body) throw new MalformedMessage('a message without a body')
  const command = firstName(body)
  const decoded = decodeBody(command, body)
  for (const [name, documents] of sequences) {
    // the documents of an insert stay as they are; those of other commands are small
    decoded[name] =
      name === 'documents' ? documents : documents.map((bytes) => decodeReceived(bytes))
  }
  return { requestId, legacy: false, silent: (flags & MORE_TO_COME) !== 0, command, body: decoded }
}

function parseSequence(
  frame: Buffer,
  start: number,
  end: number,
  sequences: [string, Buffer[]][],
): number {
  const stop = start + (start + 4 <= end ? frame.readInt32LE(start) : 0)
  if (stop < start + 6 || stop > end) throw new MalformedMessage('a sequence has a wrong length')
  const zero = frame.indexOf(0, start + 4)
  if (zero < 0 || zero >= stop) throw new MalformedMessage('a sequence has no name')
  const documents: Buffer[] = []
  let at = zero + 1
  while (at < stop) {
    const next = checkBson(frame, at, stop)
    documents.push(frame.subarray(at, next))
    at = next
  }
  sequences.push([frame.toString('utf8', start + 4, zero), documents])
  return stop
}

function decodeBody(command: string, body: Buffer): Doc {
  if (command !== 'insert') return decodeReceived(body)
  // the documents of an insert are kept as the bytes they came in
  return deserialize(body, {
    promoteLongs: false,
    bsonRegExp: true,
    fieldsAsRaw: { documents: true },
  })
}

function parseQuery(frame: Buffer, requestId: number): Message {
  const zero = frame.indexOf(0, 20)
  if (zero < 0 || zero + 9 > frame.length) throw new MalformedMessage('a query is cut off')
  const start = zero + 9
  const body = frame.subarray(start, checkBson(frame, start, frame.length))
  return {
    requestId,
    legacy: true,
    silent: false,
    command: firstName(body),
    body: decodeReceived(body),
  }
}

/** Documents that are BSON already, to be put into a reply as an array. */
export class RawArray {
  readonly items: Uint8Array[]

  constructor(items: Uint8Array[]) {
    this.items = items
  }
}

/** A document that is BSON already. */
export class RawDocument {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

let lastReplyId = 0

export function encodeReply(request: Message, reply: Doc): Buffer[] {
  const parts: Uint8Array[] = []
  const length = writeDocument(reply, parts)
  const header = Buffer.alloc(request.legacy ? 36 : 21)
  lastReplyId = (lastReplyId + 1) & 0x7fffffff
  header.writeInt32LE(header.length + length, 0)
  header.writeInt32LE(lastReplyId, 4)
  header.writeInt32LE(request.requestId, 8)
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12)
  if (request.legacy) {
    header.writeInt32LE(8, 16) // AwaitCapable, as the server always says
    header.writeInt32LE(1, 32) // one document
  }
  return [header, ...(parts as Buffer[])]
}

const TYPE_DOCUMENT = 3
const TYPE_ARRAY = 4
const END = Buffer.from([0])

/** Append a document to `parts`; raw documents go in as they are. Gives its length. */
function writeDocument(doc: Doc, parts: Uint8Array[]): number {
  const lengthBytes = Buffer.allocUnsafe(4)
  parts.push(lengthBytes)
  let length = 5
  let plain: Doc = {}
  let hasPlain = false
  const add = (bytes: Uint8Array) => {
    parts.push(bytes)
    length += bytes.length
  }
  const flush = () => {
    if (hasPlain) add(encode(plain).subarray(4, -1))
    plain = {}
    hasPlain = false
  }
  for (const [name, value] of Object.entries(doc)) {
    const raw = value instanceof RawArray || value instanceof RawDocument || name === 'cursor'
    if (!raw || !(typeof value === 'object')) {
      plain[name] = value
      hasPlain = true
      continue
    }
    flush()
    add(elementName(value instanceof RawArray ? TYPE_ARRAY : TYPE_DOCUMENT, name))
    if (value instanceof RawDocument) add(value.bytes)
    else if (value instanceof RawArray) length += writeArray(value.items, parts)
    else if (isDocument(value)) length += writeDocument(value, parts)
  }
  flush()
  parts.push(END)
  lengthBytes.writeInt32LE(length)
  return length
}

function writeArray(items: Uint8Array[], parts: Uint8Array[]): number {
  const lengthBytes = Buffer.allocUnsafe(4)
  parts.push(lengthBytes)
  let length = 5
  items.forEach((item, i) => {
    const name = elementName(TYPE_DOCUMENT, String(i))
    parts.push(name, item)
    length += name.length + item.length
  })
  parts.push(END)
  lengthBytes.writeInt32LE(length)
  return length
}

const elementName = (type: number, name: string) =>
  Buffer.from(`${String.fromCharCode(type)}${name}\0`)
