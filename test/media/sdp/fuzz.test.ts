import { expect } from 'chai'
import fc from 'fast-check'
import { YiluError } from '../../../gateway/errors.ts'
import { answerOffer, makeOffer, readAnswer } from '../../../media/sdp/sdp.ts'
import { mutated } from '../../harness/mutate.ts'
import { countWork } from '../../harness/work.ts'
import { connection, described, localMedia, phone } from './ends.ts'

const options = { seed: 3264, numRuns: 1_500 }

const corpus = [
  phone,
  makeOffer(localMedia()),
  described(
    connection,
    'a=sendonly',
    'm=video 5000 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    'm=audio 4000/2 RTP/AVP 8 0',
    'c=IN IP6 2001:db8::1',
    'a=rtcp:4001 IN IP4 192.0.2.7',
    'a=rtcp-mux',
    'a=maxptime:60',
  ),
].map((sdp) => Buffer.from(sdp))
const meaningful = [
  ...[
    '\r\n',
    '\n',
    ' ',
    '=',
    ':',
    '/',
    'm=audio 4000 RTP/AVP 8',
    'm=',
    'c=IN IP4 0.0.0.0',
    'c=IN IP6 ::',
    'a=inactive',
  ],
  ...[
    'a=rtpmap:8 ',
    'a=rtpmap:0 PCMA/8000/1',
    'a=rtcp:',
    'a=ptime:0',
    '65536',
    '-1',
    '127',
    '__proto__',
    '张',
    '\u0000',
  ],
]
const anySdp = mutated(corpus, meaningful).map((bytes) => bytes.toString())

/** Runs it; only the errors of the table may come out. */
function orRefused<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof YiluError)) throw error
    expect(error.code).to.be.oneOf(['BAD_SDP', 'NO_COMMON_CODEC'])
    return undefined
  }
}

describe('SDP, changed at random', () => {
  it('is answered or refused; the answer fits the offer line by line and we understand it ourselves', () => {
    let answered = 0
    fc.assert(
      fc.property(anySdp, (offer) => {
        const result = orRefused(() => answerOffer(offer, localMedia()))
        if (!result) return
        answered++
        const mLines = (sdp: string): number =>
          sdp.split(/\r\n|\r|\n/).filter((line) => line.startsWith('m=')).length
        expect(mLines(result.sdp)).to.equal(mLines(offer))
        const { media } = result
        expect(media.remoteRtp.port).to.be.within(1, 65_535)
        expect(media.payloadType).to.be.within(0, 127)
        expect(media.accept.get(media.payloadType)).to.equal(media.codec)
        expect(media.accept.has(media.telephoneEvent?.send ?? -1)).to.equal(false)
        // the other end reads our answer with the same lines in mind
        const theirs = readAnswer(result.sdp, localMedia(), media)
        expect(theirs.codec).to.equal(media.codec)
        expect(answerOffer(makeOffer(localMedia(), media), localMedia()).media.codec).to.be.oneOf([
          'PCMA',
          'PCMU',
        ])
      }),
      options,
    )
    expect(answered, 'most changes leave something to answer').to.be.greaterThan(
      options.numRuns / 10,
    )
  })

  it('as an answer is accepted or refused', () => {
    fc.assert(
      fc.property(anySdp, (answer) => {
        orRefused(() => readAnswer(answer, localMedia()))
      }),
      options,
    )
  })

  it('costs work by its length, whatever is in it', () => {
    fc.assert(
      fc.property(anySdp, (offer) => {
        const work = countWork(() => orRefused(() => answerOffer(offer, localMedia())))
        // sdp-transform tries some forty expressions on each line, and twice as many to write ours
        expect(work).to.be.lessThan(400 * offer.length + 200_000)
      }),
      { ...options, numRuns: 500 },
    )
  })
})
