import { expect } from 'chai'
import { activeRepliesKey, chosenReply, lines } from '../../../../channels/webchat/widget/lines.ts'
import { countUnread } from '../../../../channels/webchat/widget/timeline.ts'
import { START_MS, message, online, visitor } from './visitor.ts'
import type { VisitorPart } from '../../../../channels/webchat/widget/wire.ts'

const menu: VisitorPart[] = [
  { type: 'text', text: 'What about?' },
  {
    type: 'quickReplies',
    replies: [
      { id: 'tickets', label: 'Tickets' },
      { id: 'human', label: 'A person' },
    ],
  },
]

describe('web chat widget: lines of the log', () => {
  it('quick replies can be tapped until one is: it stays marked, the others are over', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say(message('c1:1', '', { parts: menu }))
    expect(activeRepliesKey(lines(guest.chat.state))).to.equal('c1:1')
    guest.chat.say({ type: 'choice', id: 'human', label: 'A person' })
    const shown = lines(guest.chat.state)
    expect(activeRepliesKey(shown)).to.equal(undefined)
    expect(chosenReply(shown, 0)).to.equal('human')
    expect(server.all('say')[0]!.content).to.deep.equal({
      type: 'choice',
      id: 'human',
      label: 'A person',
    })
  })

  it('a newer message puts earlier quick replies out of use, with none chosen', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say(message('c1:1', '', { parts: menu }), message('c1:2', 'news'))
    const shown = lines(guest.chat.state)
    expect(activeRepliesKey(shown)).to.equal(undefined)
    expect(chosenReply(shown, 0)).to.equal(undefined)
  })

  it('a line keeps its key when its seq comes, so the view does not draw it anew', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'hi' })
    const before = lines(guest.chat.state)[0]!.key
    server.say(message('c1:1', 'hi', { clientMsgId: server.all('say')[0]!.clientMsgId }))
    expect(lines(guest.chat.state).map((line) => line.key)).to.deep.equal([before])
  })

  it('one voice within three minutes stands together; a new day starts anew', async () => {
    const guest = visitor()
    const server = await online(guest)
    const minute = 60_000
    server.say(
      message('c1:1', 'a', { atMs: START_MS }),
      message('c1:2', 'b', { atMs: START_MS + minute }),
      message('c1:3', 'c', { atMs: START_MS + 2 * minute, author: { kind: 'agent', name: 'Li' } }),
      message('c1:4', 'd', { atMs: START_MS + 9 * minute, author: { kind: 'agent', name: 'Li' } }),
      message('c1:5', 'e', { atMs: START_MS + 60 * 24 * minute, author: { kind: 'agent' } }),
    )
    const shown = lines(guest.chat.state)
    expect(shown.map((line) => line.startsGroup)).to.deep.equal([true, false, true, true, true])
    expect(shown.map((line) => line.startsDay)).to.deep.equal([true, false, false, false, true])
  })

  it('a message with nothing for the visitor draws no line and counts as nothing unread', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say(message('c1:1', 'hi'), message('c1:2', '', { parts: [] }))
    expect(guest.log()).to.deep.equal(['hi'])
    expect(countUnread(guest.chat.state, undefined)).to.equal(1)
    expect(guest.chat.state.resume?.seq).to.equal(2)
  })

  it('a sent file is shown with its name before the server tells it back', () => {
    const guest = visitor()
    const preview = { kind: 'file', name: 'ticket.pdf', mime: 'application/pdf', bytes: 9 } as const
    guest.chat.say({ type: 'media', blobId: 'blob-0001' }, { ...preview, url: '/b' })
    expect(lines(guest.chat.state)[0]!.parts).to.deep.equal([
      { type: 'media', blobId: 'blob-0001', ...preview, url: '/b' },
    ])
  })
})
