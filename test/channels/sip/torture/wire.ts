/** Lines with CRLF behind each, then the empty line, then the body as it is. */
export function wire(lines: string[], body: string | Buffer = ''): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'), bytes])
}

/** A small session description with line ends of its own. */
export const session = [
  'v=0',
  'o=tower 29739 7272939 IN IP4 192.0.2.3',
  's=-',
  'c=IN IP4 192.0.2.4',
  't=0 0',
  'm=audio 49217 RTP/AVP 0 8',
  '',
].join('\r\n')
