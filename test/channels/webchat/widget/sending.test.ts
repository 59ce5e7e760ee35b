import { expect } from 'chai'
import { message, online, ready, visitor } from './visitor.ts'
import type { ServerFrame } from '../../../../channels/webchat/widget/wire.ts'

const tooMany = { code: 'RATE_LIMITED', zh: '操作太频繁', en: 'Too many requests' } as const

describe('web chat widget: own words on their way', () => {
  it('shows sending, stored, delivered and read, one line all the time', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'hi' })
    expect(guest.log()).to.deep.equal(['hi (sending)'])
    const clientMsgId = server.all('say')[0]!.clientMsgId
    server.say({ t: 'stored', clientMsgId })
    expect(guest.log()).to.deep.equal(['hi (stored)'])
    server.say(message('c1:1', 'hi', { clientMsgId }))
    expect(guest.log()).to.deep.equal(['hi (delivered)'])
    server.say({ t: 'read', conversationId: 'c1', seq: 1 })
    expect(guest.log()).to.deep.equal(['hi (read)'])
  })

  it('the acknowledgement is lost: said again after the reconnect, shown once', async () => {
    const guest = visitor()
    const first = await online(guest)
    guest.chat.say({ type: 'text', text: 'lost ack' })
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    expect(second).not.to.equal(first)
    second.accept()
    second.say(ready())
    const again = second.all('say')
    expect(again.map((frame) => frame.clientMsgId)).to.deep.equal([
      first.all('say')[0]!.clientMsgId,
    ])
    const clientMsgId = again[0]!.clientMsgId
    second.say({ t: 'stored', clientMsgId }, message('c1:1', 'lost ack', { clientMsgId }))
    second.say(message('c1:1', 'lost ack', { clientMsgId }))
    expect(guest.log()).to.deep.equal(['lost ack (delivered)'])
  })

  it('the replay brings the message before the resent one is acknowledged', async () => {
    const guest = visitor()
    const first = await online(guest)
    guest.chat.say({ type: 'text', text: 'hello' })
    const { clientMsgId } = first.all('say')[0]!
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(ready(), message('c1:1', 'hello', { clientMsgId }), { t: 'stored', clientMsgId })
    expect(guest.log()).to.deep.equal(['hello (delivered)'])
    second.hangUp()
    await guest.clock.pass(2000)
    const third = await guest.server()
    third.accept()
    third.say(ready())
    expect(third.all('say')).to.deep.equal([])
  })

  it('words written offline go out in order once the wire is back, and only one at a time', async () => {
    const guest = visitor()
    for (const text of ['one', 'two', 'three']) guest.chat.say({ type: 'text', text })
    const server = await online(guest)
    const heard: string[] = []
    for (let turn = 1; turn <= 3; turn++) {
      const said = server.all('say')
      expect(said).to.have.length(turn)
      const { clientMsgId, content } = said[turn - 1]!
      heard.push(content.type === 'text' ? content.text : content.type)
      server.say({ t: 'stored', clientMsgId })
    }
    expect(heard).to.deep.equal(['one', 'two', 'three'])
  })

  it('a refusal with retryAfterMs goes again by itself and keeps later words behind it', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'first' })
    guest.chat.say({ type: 'text', text: 'second' })
    const { clientMsgId } = server.all('say')[0]!
    server.say({ t: 'refused', clientMsgId, error: tooMany, retryAfterMs: 3500 })
    expect(guest.log()).to.deep.equal(['first (refused)', 'second (sending)'])
    await guest.clock.pass(2500)
    expect(server.all('say')).to.have.length(1)
    await guest.clock.pass(2000)
    expect(server.all('say').map((frame) => frame.clientMsgId)).to.deep.equal([
      clientMsgId,
      clientMsgId,
    ])
    server.say({ t: 'stored', clientMsgId })
    expect(server.all('say')).to.have.length(3)
    expect(guest.log()).to.deep.equal(['first (stored)', 'second (sending)'])
  })

  it('a busy server is waited for quietly, and named when it stays busy', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'hi' })
    const { clientMsgId } = server.all('say')[0]!
    const shown: string[] = []
    for (let refusal = 1; refusal <= 4; refusal++) {
      server.say({ t: 'refused', clientMsgId, error: tooMany, retryAfterMs: 200 })
      shown.push(...guest.log())
      await guest.clock.pass(2000)
    }
    expect(shown).to.deep.equal(['hi (sending)', 'hi (sending)', 'hi (sending)', 'hi (refused)'])
    expect(server.all('say')).to.have.length(5)
  })

  it('a frame refused as unreadable is the one on the wire: it is not said again and again', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'choice', id: 'x'.repeat(101), label: 'too long an id' })
    server.say({ t: 'refused', error: { code: 'BAD_REQUEST', zh: '格式不正确', en: 'malformed' } })
    await guest.clock.pass(60_000)
    expect(server.all('say')).to.have.length(1)
    expect(guest.chat.state.outgoing[0]!.error?.code).to.equal('BAD_REQUEST')
  })

  it('a refusal for good lets later words pass and is not said again after a reconnect', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'bad' })
    guest.chat.say({ type: 'text', text: 'good' })
    server.say({ t: 'refused', clientMsgId: server.all('say')[0]!.clientMsgId, error: tooMany })
    const good = server.all('say')[1]!
    expect(good.content).to.deep.equal({ type: 'text', text: 'good' })
    server.say({ t: 'stored', clientMsgId: good.clientMsgId })
    server.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(ready())
    await guest.clock.pass(5000)
    expect(second.all('say')).to.deep.equal([])
    expect(guest.log()).to.deep.equal(['bad (refused)', 'good (stored)'])
  })

  it('the visitor retries, or deletes, what was refused', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'again' })
    const { clientMsgId } = server.all('say')[0]!
    const refusal: ServerFrame = { t: 'refused', clientMsgId, error: tooMany, retryAfterMs: 60_000 }
    server.say(refusal)
    guest.chat.retry(clientMsgId)
    expect(server.all('say')).to.have.length(2)
    server.say(refusal)
    guest.chat.discard(clientMsgId)
    expect(guest.log()).to.deep.equal([])
    await guest.clock.pass(61_000)
    expect(server.all('say')).to.have.length(2)
  })

  it('no `stored` on a wire that lives: said again after 15 s', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'anyone?' })
    await guest.clock.pass(14_000)
    expect(server.all('say')).to.have.length(1)
    await guest.clock.pass(2000)
    expect(server.all('say')).to.have.length(2)
  })

  it('the page is closed with unsent words: the next page sends them under the same id', async () => {
    const before = visitor()
    before.chat.say({ type: 'text', text: 'kept' })
    const after = visitor({ storage: before.storage, clock: before.clock })
    expect(after.log()).to.deep.equal(['kept (sending)'])
    const server = await online(after)
    const { clientMsgId } = server.all('say')[0]!
    expect(clientMsgId).to.equal(before.chat.state.outgoing[0]!.clientMsgId)
    server.say({ t: 'stored', clientMsgId }, message('c1:1', 'kept', { clientMsgId }))
    await after.clock.pass(1000)
    const third = visitor({ storage: before.storage, clock: before.clock })
    expect(third.log()).to.deep.equal(['kept (delivered)'])
  })

  it('a refusal that names no message is a notice, gone after a while', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say({ t: 'refused', error: tooMany })
    expect(guest.chat.state.notice?.error).to.deep.equal(tooMany)
    await guest.clock.pass(11_000)
    expect(guest.chat.state.notice).to.equal(undefined)
  })
})
