/**
 * What one message may cost us. Anybody can send a datagram, so every loop of the parser ends at one of these.
 * Ordinary INVITEs of carriers measured 0.6–3 kB with 15–40 headers; RFC 4475 "longreq" needs 34 Vias and a
 * 1 kB display name.
 */
export const limits = {
  /** the largest UDP datagram is 65,507 bytes; the same bound holds for a message on a stream */
  messageBytes: 65_536,
  /** header lines of one message (a field folded over several lines counts once) */
  headerLines: 256,
  /** one header field, unfolded; longer ones are neither routes nor credentials */
  headerChars: 8_192,
  /** values of one list header (Via, Route, Contact …): RFC 3261 sends 70 hops at most */
  valuesPerHeader: 100,
  /** parameters of one value or URI */
  params: 64,
  /** a request URI; RFC 4475 asks for more than 255 */
  uriChars: 2_048,
} as const
