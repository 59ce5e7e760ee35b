import { fail } from '../../gateway/errors.ts'
import { agree, commonOf } from './agree.ts'
import { offeredTypes } from './payload-types.ts'
import { readSession } from './read-session.ts'
import type { LocalMedia, NegotiatedMedia } from './session.ts'

/**
 * What their answer to our offer means; `local` and `earlier` are what `makeOffer` was given.
 * @throws YiluError BAD_SDP, NO_COMMON_CODEC (they refused the line)
 */
export function readAnswer(
  answerSdp: string,
  local: LocalMedia,
  earlier?: NegotiatedMedia,
): NegotiatedMedia {
  const all = readSession(answerSdp)
  const index = earlier?.index ?? 0
  const line = all[index]
  if (!line) return fail('BAD_SDP', { reason: 'm= line missing' })
  const common = line.port === 0 ? undefined : commonOf(line, local)
  if (!common) return fail('NO_COMMON_CODEC')
  if (!line.rtp) return fail('BAD_SDP', { reason: 'c= missing or without an address' })
  const media = agree(all, index, common, local)
  const offered = offeredTypes(local, earlier)
  // an answer may have numbers of its own for what it receives (RFC 3264 §6.1); we are sent those of our offer,
  // or by careless ends their own, as far as these do not contradict
  for (const { payloadType, codec } of offered.codecs) media.accept.set(payloadType, codec)
  if (media.telephoneEvent) {
    const types = new Set([offered.telephoneEvent, ...media.telephoneEvent.accept])
    media.telephoneEvent.accept = [...types].filter((one) => !media.accept.has(one))
  }
  return media
}
