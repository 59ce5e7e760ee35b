import { parse, write } from 'sdp-transform'

/**
 * The answer as the browser gets it: of the candidates only that of the configured address. The library
 * advertises every interface of the machine, whatever it is bound to.
 */
export function answerFor(sdp: string, address: string): string {
  const session = parse(sdp)
  for (const media of session.media) {
    const ours = media.candidates?.filter(
      ({ ip, transport }) => ip === address && /udp/i.test(transport),
    )
    if (media.candidates) media.candidates = ours ?? []
    const [first] = ours ?? []
    if (!first || media.port === 0) continue
    media.port = first.port
    media.connection = { version: address.includes(':') ? 6 : 4, ip: address }
  }
  return write(session)
}
