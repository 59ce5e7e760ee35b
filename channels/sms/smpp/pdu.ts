/** PDUs of SMPP 3.4 (§3.2, §5.2): to octets and back. */
import type { Body, Command, Field } from './fields.ts'
import { commandIds, commandOf, fieldsOf } from './fields.ts'

export const HEADER_OCTETS = 16
const RESPONSE = 0x80000000

export interface Header {
  /** with its header, in octets */
  length: number
  commandId: number
  status: number
  sequence: number
}

export type Tlvs = Map<number, Buffer>

export interface Pdu<C extends Command = Command> {
  command: C
  status: number
  sequence: number
  body: Body<C>
  tlvs: Tlvs
}
export type AnyPdu = { [C in Command]: Pdu<C> }[Command]

/** The frame is sound and what is in it is not: answered with `status`, and the session goes on. */
export class MalformedPdu extends Error {
  override name = 'MalformedPdu'
}

export function readHeader(octets: Buffer): Header {
  return {
    length: octets.readUInt32BE(0),
    commandId: octets.readUInt32BE(4),
    status: octets.readUInt32BE(8),
    sequence: octets.readUInt32BE(12),
  }
}

export const isResponse = (commandId: number): boolean => (commandId & RESPONSE) !== 0

/**
 * @param octets one whole PDU
 * @returns undefined: a command we do not know
 * @throws MalformedPdu
 */
export function decodePdu(octets: Buffer): AnyPdu | undefined {
  const { commandId, status, sequence } = readHeader(octets)
  const command = commandOf(commandId)
  if (!command) return undefined
  const fields: readonly Field[] = fieldsOf[command]
  const reader = { octets, at: HEADER_OCTETS }
  const body: Record<string, string | number | Buffer> = {}
  // an answer that says no carries no body (§4.1.2); some centres leave it out of those that say yes, too
  const bare = isResponse(commandId) && octets.length === HEADER_OCTETS
  for (const { name, kind } of fields)
    body[name] = bare ? empty[kind] : read[kind](reader, isResponse(commandId))
  return { command, status, sequence, body, tlvs: readTlvs(reader) } as AnyPdu
}

interface Reader {
  octets: Buffer
  at: number
}

const empty: Record<Field['kind'], string | number | Buffer> = {
  cstring: '',
  u8: 0,
  octets: Buffer.alloc(0),
}

const read: Record<Field['kind'], (reader: Reader, lenient: boolean) => string | number | Buffer> =
  {
    cstring(reader, lenient) {
      const { octets, at } = reader
      const end = octets.indexOf(0, at)
      // message ids without their zero are common; in a request it would mean to guess at the fields behind
      if (end < 0 && !lenient) throw new MalformedPdu('a string has no end')
      reader.at = end < 0 ? octets.length : end + 1
      return octets.toString('latin1', at, end < 0 ? octets.length : end)
    },
    u8(reader) {
      const value = reader.octets[reader.at++]
      if (value === undefined) throw new MalformedPdu('it ends before its fields do')
      return value
    },
    octets(reader) {
      const length = reader.octets[reader.at++]
      if (length === undefined || reader.at + length > reader.octets.length)
        throw new MalformedPdu('its content is longer than itself')
      reader.at += length
      return reader.octets.subarray(reader.at - length, reader.at)
    },
  }

/** Fewer than four octets at the end are padding: several centres add some. */
function readTlvs({ octets, at }: Reader): Tlvs {
  const tlvs: Tlvs = new Map()
  while (at + 4 <= octets.length) {
    const tag = octets.readUInt16BE(at)
    const end = at + 4 + octets.readUInt16BE(at + 2)
    if (end > octets.length) throw new MalformedPdu('a parameter is longer than the rest')
    tlvs.set(tag, octets.subarray(at + 4, end))
    at = end
  }
  return tlvs
}

/** @throws RangeError where a value does not fit its field */
export function encodePdu<C extends Command>(pdu: Pdu<C>): Buffer {
  const pieces: Uint8Array[] = [Buffer.alloc(HEADER_OCTETS)]
  const values = pdu.body as Record<string, string | number | Buffer>
  for (const { name, kind, max } of fieldsOf[pdu.command] as readonly Field[]) {
    const value = values[name]!
    if (kind === 'u8') pieces.push(Buffer.of(value as number))
    else if (kind === 'cstring') pieces.push(cstring(name, value as string, max))
    else {
      if ((value as Buffer).length > max) throw new RangeError(`${name} is longer than ${max}`)
      pieces.push(Buffer.of((value as Buffer).length), value as Buffer)
    }
  }
  for (const [tag, value] of pdu.tlvs) {
    const head = Buffer.alloc(4)
    head.writeUInt16BE(tag, 0)
    head.writeUInt16BE(value.length, 2)
    pieces.push(head, value)
  }
  const octets = Buffer.concat(pieces)
  octets.writeUInt32BE(octets.length, 0)
  octets.writeUInt32BE(commandIds[pdu.command], 4)
  octets.writeUInt32BE(pdu.status, 8)
  octets.writeUInt32BE(pdu.sequence, 12)
  return octets
}

function cstring(name: string, value: string, max: number): Buffer {
  const octets = Buffer.from(`${value}\0`, 'latin1')
  if (octets.length > max) throw new RangeError(`${name} is longer than ${max - 1}`)
  if (octets.indexOf(0) !== octets.length - 1) throw new RangeError(`${name} has a zero in it`)
  return octets
}
