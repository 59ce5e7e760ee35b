/** Delivery receipts: a deliver_sm that tells of a message sent before (SMPP 3.4 §5.2.12, appendix B). */
import type { DeliveryReport } from '../../channel.ts'
import { TLV } from './fields.ts'
import type { Pdu } from './pdu.ts'

export interface Receipt {
  /** as the centre writes them, the likelier one first */
  ids: string[]
  state: DeliveryReport['state']
  /** 'UNDELIV 034' */
  code?: string
}

const MESSAGE_TYPE = 0x3c
/** 0x04: of the centre; 0x08: of the telephone; 0x20: on the way (intermediate) */
const kinds = new Set([0x04, 0x08, 0x20])

/** message_state (§5.2.28) as the text says it */
const stateNames: Record<number, string> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
}

/** by their first five letters: REJECTD and REJECTED are both seen */
const states: Record<string, Receipt['state']> = {
  ENROU: 'sent',
  ACCEP: 'sent',
  UNKNO: 'sent',
  DELIV: 'delivered',
  EXPIR: 'expired',
  DELET: 'failed',
  UNDEL: 'failed',
  REJEC: 'failed',
}

/**
 * Reads the parameters where there are some, else the text 'id:… sub:… stat:DELIVRD err:000 text:…', however
 * it is written: field names in any case, some left out, spaces after the colon.
 * @returns undefined: it is a message, no receipt; 'unreadable': it names no message or no state
 */
export function readReceipt({
  body,
  tlvs,
}: Pick<Pdu<'deliver_sm'>, 'body' | 'tlvs'>): Receipt | 'unreadable' | undefined {
  const content = (tlvs.get(TLV.messagePayload) ?? body.content).toString('latin1')
  const tlvId = cstringOf(tlvs.get(TLV.receiptedMessageId))
  if (!kinds.has(body.esmClass & MESSAGE_TYPE) && tlvId === undefined) return undefined
  const textId = field(content, 'id')
  const ids = [tlvId, textId].filter((id): id is string => !!id)
  const stateTlv = tlvs.get(TLV.messageState)
  const name =
    (stateTlv?.length && stateNames[stateTlv[0]!]) || field(content, 'stat')?.toUpperCase()
  if (!ids.length || !name) return 'unreadable'
  const state = states[name.slice(0, 5)] ?? 'sent'
  const error = field(content, 'err')
  return {
    ids: [...new Set(ids)],
    state,
    ...((state === 'failed' || state === 'expired') && { code: error ? `${name} ${error}` : name }),
  }
}

function field(content: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}\\s*:\\s*(\\S{1,64})`, 'i').exec(content.slice(0, 400))?.[1]
}

function cstringOf(octets: Buffer | undefined): string | undefined {
  return octets?.toString('latin1').replace(/\0.*$/s, '').trim() || undefined
}
