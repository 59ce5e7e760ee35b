/** The mandatory fields of each PDU, in order (SMPP 3.4 §4). The codec and its types follow from this table. */

/**
 * cstring: ends with a zero octet, `max` octets with it. u8: one octet. octets: one octet of length, then so
 * many.
 */
export interface Field {
  name: string
  kind: 'cstring' | 'u8' | 'octets'
  max: number
}

const cstring = <N extends string>(name: N, max: number) =>
  ({ name, kind: 'cstring', max }) as const
const u8 = <N extends string>(name: N) => ({ name, kind: 'u8', max: 1 }) as const
const octets = <N extends string>(name: N, max: number) => ({ name, kind: 'octets', max }) as const

const bind = [
  cstring('systemId', 16),
  cstring('password', 9),
  cstring('systemType', 13),
  u8('interfaceVersion'),
  u8('addressTon'),
  u8('addressNpi'),
  cstring('addressRange', 41),
] as const
const bindResp = [cstring('systemId', 16)] as const
const addresses = [
  cstring('serviceType', 6),
  u8('sourceTon'),
  u8('sourceNpi'),
  // 65 in data_sm (§4.7.1), 21 in the others; who reads is generous
  cstring('source', 65),
  u8('destinationTon'),
  u8('destinationNpi'),
  cstring('destination', 65),
  u8('esmClass'),
] as const
/** submit_sm (§4.4.1) and deliver_sm (§4.6.1) are alike */
const shortMessage = [
  ...addresses,
  u8('protocolId'),
  u8('priority'),
  cstring('scheduleTime', 17),
  cstring('validityPeriod', 17),
  u8('registeredDelivery'),
  u8('replaceIfPresent'),
  u8('dataCoding'),
  u8('defaultMessageId'),
  octets('content', 255),
] as const
const messageId = [cstring('messageId', 65)] as const
const nothing = [] as const

export const fieldsOf = {
  generic_nack: nothing,
  bind_receiver: bind,
  bind_receiver_resp: bindResp,
  bind_transmitter: bind,
  bind_transmitter_resp: bindResp,
  bind_transceiver: bind,
  bind_transceiver_resp: bindResp,
  submit_sm: shortMessage,
  submit_sm_resp: messageId,
  deliver_sm: shortMessage,
  deliver_sm_resp: messageId,
  data_sm: [...addresses, u8('registeredDelivery'), u8('dataCoding')] as const,
  data_sm_resp: messageId,
  unbind: nothing,
  unbind_resp: nothing,
  enquire_link: nothing,
  enquire_link_resp: nothing,
  alert_notification: [
    ...([u8('sourceTon'), u8('sourceNpi'), cstring('source', 65)] as const),
    ...([u8('esmeTon'), u8('esmeNpi'), cstring('esme', 65)] as const),
  ] as const,
}

export type Command = keyof typeof fieldsOf
type FieldOf<C extends Command> = (typeof fieldsOf)[C][number]
interface Values {
  cstring: string
  u8: number
  octets: Buffer
}
/** The mandatory fields of a PDU by their names. */
export type Body<C extends Command> = {
  [F in FieldOf<C> as F['name']]: Values[F['kind']]
}

/** §5.1.2.1 */
export const commandIds: Record<Command, number> = {
  generic_nack: 0x80000000,
  bind_receiver: 0x00000001,
  bind_receiver_resp: 0x80000001,
  bind_transmitter: 0x00000002,
  bind_transmitter_resp: 0x80000002,
  submit_sm: 0x00000004,
  submit_sm_resp: 0x80000004,
  deliver_sm: 0x00000005,
  deliver_sm_resp: 0x80000005,
  unbind: 0x00000006,
  unbind_resp: 0x80000006,
  bind_transceiver: 0x00000009,
  bind_transceiver_resp: 0x80000009,
  enquire_link: 0x00000015,
  enquire_link_resp: 0x80000015,
  alert_notification: 0x00000102,
  data_sm: 0x00000103,
  data_sm_resp: 0x80000103,
}

const commandsById = new Map(
  Object.entries(commandIds).map(([command, id]) => [id, command as Command]),
)

export function commandOf(id: number): Command | undefined {
  return commandsById.get(id)
}

/** Optional parameters by their tags (§5.3.2). */
export const TLV = {
  userMessageReference: 0x0204,
  sarRef: 0x020c,
  sarTotal: 0x020e,
  sarSeq: 0x020f,
  receiptedMessageId: 0x001e,
  scInterfaceVersion: 0x0210,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const
