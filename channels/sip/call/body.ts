import { header, valueParams, type SipMessage } from '../message/message.ts'

/** Media type in lower case, without parameters; '' when there is no body. */
export function mediaType(message: SipMessage): string {
  if (!message.body.length) return ''
  return (header(message, 'content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
}

/** The session description, also as one part of several (RFC 5621; carriers add ISUP parts). */
export function sdpOf(message: SipMessage): string | undefined {
  const type = mediaType(message)
  if (type === 'application/sdp') return message.body.toString('utf8')
  if (!type.startsWith('multipart/')) return undefined
  const boundary = valueParams(header(message, 'content-type')!).get('boundary')
  if (!boundary) return undefined
  for (const part of message.body.toString('utf8').split(`--${boundary}`)) {
    const blank = part.indexOf('\r\n\r\n')
    if (blank > 0 && part.slice(0, blank).toLowerCase().includes('application/sdp'))
      return part.slice(blank + 4).replace(/\r\n$/, '')
  }
  return undefined
}

export const SDP = 'application/sdp'
