/** DELIVER: a message from a telephone, or the report of what became of one of ours. */
import type { CmppVersion } from './frame.ts'
import { textOf } from './octets.ts'

export interface CmppReport {
  /** what SUBMIT was answered with, in hexadecimal */
  msgId: string
  /** DELIVRD, UNDELIV, or the carrier's own like 'MK:0001' */
  stat: string
}

export interface CmppDeliver {
  msgId: string
  destination: string
  source: string
  /** the content begins with a user data header */
  udhi: boolean
  msgFmt: number
  content: Buffer
  report?: CmppReport
}

/** Where the fields of the two versions lie. */
const layouts = {
  '2.0': { source: 21, registered: 63, tail: 8 },
  '3.0': { source: 32, registered: 75, tail: 20 },
} satisfies Record<CmppVersion, { source: number; registered: number; tail: number }>

const SOURCE_AT = 42

/**
 * Reads a body of either version: gateways answer CONNECT with one and deliver in the other's layout, or leave
 * the reserved field at the end out.
 * @returns undefined when it is none
 */
export function readDeliver(body: Buffer, version: CmppVersion): CmppDeliver | undefined {
  const either: CmppVersion[] = version === '2.0' ? ['2.0', '3.0'] : ['3.0', '2.0']
  const fitting =
    either.find((each) => fits(body, each, true)) ?? either.find((each) => fits(body, each, false))
  if (!fitting) return undefined
  const { source, registered } = layouts[fitting]
  const content = body.subarray(registered + 2, registered + 2 + body[registered + 1]!)
  const deliver: CmppDeliver = {
    msgId: body.toString('hex', 0, 8),
    destination: textOf(body.subarray(8, 29)),
    // carriers set other bits beside the one of TP-UDHI, or 0x40, its place in the octet of the radio side
    udhi: (body[40]! & 0x41) !== 0,
    msgFmt: body[41]!,
    source: textOf(body.subarray(SOURCE_AT, SOURCE_AT + source)),
    content,
  }
  const report = body[registered] === 1 ? readReport(content) : undefined
  return { ...deliver, ...(report && { report }) }
}

function fits(body: Buffer, version: CmppVersion, exactly: boolean): boolean {
  const { registered, tail } = layouts[version]
  const length = body[registered + 1]
  if (length === undefined) return false
  const end = registered + 2 + length
  return exactly ? body.length === end + tail : body.length >= end
}

/** Sixty bytes in 2.0, 71 in 3.0; gateways of 3.0 send the short form too. Only the first 15 matter to us. */
function readReport(content: Buffer): CmppReport | undefined {
  if (content.length < 15) return undefined
  return { msgId: content.toString('hex', 0, 8), stat: textOf(content.subarray(8, 15)) }
}

/** The answer to a DELIVER: 0 when it is stored, 1 when it cannot be read. */
export function encodeDeliverResponse(msgId: string, result: number, version: CmppVersion): Buffer {
  const tail = version === '3.0' ? Buffer.from([0, 0, 0, result]) : Buffer.from([result])
  return Buffer.concat([Buffer.from(msgId, 'hex'), tail])
}
