import { expect } from 'chai'
import fc from 'fast-check'
import {
  MAX_MESSAGES,
  countUnread,
  emptyTimeline,
  insertMessage,
  messageKey,
} from '../../../../channels/webchat/widget/timeline.ts'
import { message } from './visitor.ts'

const put = (...frames: ReturnType<typeof message>[]) =>
  frames.reduce((timeline, frame) => insertMessage(timeline, frame.message), emptyTimeline)

describe('web chat widget: order of the log', () => {
  it('whatever comes twice or late is shown once, by seq', () => {
    const seqs = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(seqs, (arrivals) => {
        const shown = put(...arrivals.map((seq) => message(`c1:${seq}`, `${seq}`)))
        const expected = [...new Set(arrivals)].sort((a, b) => a - b)
        expect(shown.messages.map((held) => held.seq)).to.deep.equal(expected)
      }),
    )
  })

  it('conversations stand in the order first heard of, whatever their ids', () => {
    const shown = put(message('z:1', 'a'), message('a:1', 'b'), message('z:2', 'c'))
    expect(shown.messages.map(messageKey)).to.deep.equal(['z:1', 'z:2', 'a:1'])
  })

  it('a replay brings fresh addresses of media to the message it replaces', () => {
    const media = (url: string) =>
      message('c1:1', '', {
        parts: [{ type: 'media', kind: 'file', blobId: 'b', name: 'n', mime: 'm', bytes: 1, url }],
      })
    const part = put(media('/old'), media('/new')).messages[0]!.parts[0]
    expect(part).to.include({ url: '/new' })
  })

  it('one clientMsgId is one message even if the server gave it two places', () => {
    const clientMsgId = 'client-msg-1'
    const shown = put(
      message('c1:1', 'hi', { clientMsgId }),
      message('c1:2', 'hi', { clientMsgId }),
    )
    expect(shown.messages.map(messageKey)).to.deep.equal(['c1:1'])
  })

  it('keeps the newest 200 and forgets conversations that have none left', () => {
    const old = message('old:1', 'x')
    const many = Array.from({ length: MAX_MESSAGES }, (_, index) =>
      message(`new:${index + 1}`, 'y'),
    )
    const shown = put(old, ...many)
    expect(shown.messages).to.have.length(MAX_MESSAGES)
    expect(shown.conversations).to.deep.equal(['new'])
  })

  it('counts as unread what others wrote after the place read, across conversations', () => {
    const own = message('c2:2', 'me', { clientMsgId: 'client-msg-1' })
    const shown = put(message('c1:5', 'a'), message('c2:1', 'b'), own, message('c2:3', 'c'))
    expect(countUnread(shown, undefined)).to.equal(3)
    expect(countUnread(shown, { conversationId: 'c1', seq: 5 })).to.equal(2)
    expect(countUnread(shown, { conversationId: 'c2', seq: 3 })).to.equal(0)
  })
})
