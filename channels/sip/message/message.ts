/** The door of this room: everything the rest of channels/sip needs of messages. */
export type {
  CSeq,
  KeepAlive,
  MalformedMessage,
  NameAddr,
  OtherUri,
  Params,
  SipFields,
  SipMessage,
  SipRequest,
  SipResponse,
  SipUri,
  TelUri,
  Uri,
  Via,
} from './sip-message.ts'
export { createAck, createCancel, createRequest, createResponse } from './build.ts'
export type { Content, RequestParts } from './build.ts'
export { header, numberHeader, setHeader, tokens, valueParams } from './headers.ts'
export { formatHostPort } from './host-port.ts'
export { newBranch, newCallId, newTag, statelessTag } from './identifiers.ts'
export { limits } from './limits.ts'
export { formatNameAddr, nameAddr, parseNameAddr, parseNameAddrs, tagOf } from './name-addr.ts'
export { parseMessage } from './parse-message.ts'
export { quote, unquote } from './quoting.ts'
export { reasonPhrase } from './reason-phrases.ts'
export { sameUri } from './same-uri.ts'
export { serialize } from './serialize.ts'
export { formatUri, parseUri, sipUri, unescapeUri, uriHeaders, userOf } from './uri.ts'
export { branchOf, formatVia } from './via.ts'
export { StreamFramer } from './stream-framer.ts'
export type { Framed } from './stream-framer.ts'
