/** SUBMIT: one part of a message on its way to one telephone. */
import type { CmppVersion } from './frame.ts'
import { octets } from './octets.ts'

export interface CmppSubmit {
  pkTotal: number
  /** from 1 */
  pkNumber: number
  serviceId: string
  /** who pays: 0 the telephone of the destination, 1 of the sender, 2 the SP, 3 feeTerminalId */
  feeUserType: number
  feeTerminalId?: string
  feeType: string
  feeCode: string
  /** the SP's id */
  msgSrc: string
  /** the number people see and answer to */
  srcId: string
  destination: string
  /** the content begins with a user data header */
  udhi: boolean
  msgFmt: number
  /** up to 140 bytes; 160 of ASCII */
  content: Buffer
  msgLevel?: number
  validTime?: string
}

/** @throws RangeError when a field does not fit */
export function encodeSubmit(submit: CmppSubmit, version: CmppVersion): Buffer {
  const v3 = version === '3.0'
  const number = v3 ? 32 : 21
  const { pkTotal, pkNumber, content } = submit
  return Buffer.concat([
    Buffer.alloc(8),
    // the 1 asks for a delivery report
    Buffer.from([pkTotal, pkNumber, 1, submit.msgLevel ?? 0]),
    octets(submit.serviceId, 10),
    Buffer.from([submit.feeUserType]),
    octets(submit.feeTerminalId ?? '', number),
    ...(v3 ? [Buffer.from([0])] : []),
    Buffer.from([0, submit.udhi ? 1 : 0, submit.msgFmt]),
    octets(submit.msgSrc, 6),
    octets(submit.feeType, 2),
    octets(submit.feeCode, 6),
    octets(submit.validTime ?? '', 17),
    Buffer.alloc(17),
    octets(submit.srcId, 21),
    Buffer.from([1]),
    octets(submit.destination, number),
    ...(v3 ? [Buffer.from([0])] : []),
    Buffer.from([content.length]),
    content,
    Buffer.alloc(v3 ? 20 : 8),
  ])
}

export interface SubmitResponse {
  /** in hexadecimal; reports name the message by it */
  msgId: string
  /** 0 taken; else submit-result.ts */
  result: number
}

/**
 * The result has one byte in 2.0 and four in 3.0; the length tells which.
 * @returns undefined when it is too short
 */
export function readSubmitResponse(body: Buffer): SubmitResponse | undefined {
  if (body.length < 9) return undefined
  return {
    msgId: body.toString('hex', 0, 8),
    result: body.length >= 12 ? body.readUInt32BE(8) : body[8]!,
  }
}
