import { expect } from 'chai'
import { message, online, ready, visitor } from './visitor.ts'

describe('web chat widget: coming back', () => {
  it('says hello with the newest place it holds, none at first', async () => {
    const guest = visitor()
    const first = await online(guest)
    expect(first.all('hello')[0]).to.deep.equal({ t: 'hello', token: 'token-1', lang: 'en' })
    first.say(message('c1:1', 'a'), message('c1:4', 'b'))
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    expect(second.all('hello')[0]!.resume).to.deep.equal({ conversationId: 'c1', seq: 4 })
  })

  it('a reloaded page shows what it had and resumes there', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say(message('c1:1', 'welcome'), { t: 'read', conversationId: 'c1', seq: 1 })
    guest.chat.save()
    const reloaded = visitor({ storage: guest.storage })
    expect(reloaded.log()).to.deep.equal(['welcome'])
    const next = await online(reloaded)
    expect(next.all('hello')[0]!.resume).to.deep.equal({ conversationId: 'c1', seq: 1 })
  })

  it('the conversation was closed meanwhile: old words stay above those of the new one', async () => {
    const guest = visitor()
    const first = await online(guest)
    first.say(message('c1:1', 'old'))
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(ready({ status: { state: 'closed' } }), message('c1:2', 'goodbye'))
    expect(guest.chat.state.status.state).to.equal('closed')
    guest.chat.say({ type: 'text', text: 'one more thing' })
    const { clientMsgId } = second.all('say')[0]!
    second.say(
      { t: 'stored', clientMsgId },
      message('c2:1', 'one more thing', { clientMsgId }),
      { t: 'status', status: { state: 'bot' } },
      message('c2:2', 'yes?'),
      message('c1:3', 'late word of the old one'),
    )
    expect(guest.log()).to.deep.equal([
      'old',
      'goodbye',
      'late word of the old one',
      'one more thing (delivered)',
      'yes?',
    ])
  })

  it('the token has expired: a new one, hello again on the same socket, nothing lost', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.say({ type: 'text', text: 'still here' })
    server.say({ t: 'expired', error: { code: 'BAD_TOKEN', zh: '过期', en: 'expired' } })
    await guest.clock.pass(0)
    expect(guest.staleTokens).to.deep.equal([undefined, 'token-1'])
    expect(server.all('hello').map((hello) => hello.token)).to.deep.equal(['token-1', 'token-2'])
    server.say(ready())
    expect(server.all('say')).to.have.length(2)
    expect(guest.sockets).to.have.length(1)
  })

  it('the server knows the browser as another visitor: the old words are not shown', async () => {
    const guest = visitor()
    const first = await online(guest)
    first.say(message('c1:1', 'private'))
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(ready({ visitorId: 'visitor-2' }), message('c9:1', 'hello stranger'))
    expect(guest.log()).to.deep.equal(['hello stranger'])
  })

  it('a message overtakes the replay and the wire breaks in between: the gap is filled', async () => {
    const guest = visitor()
    const first = await online(guest)
    first.say(message('c1:1', 'one'))
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(message('c1:4', 'four'), ready(), message('c1:2', 'two'))
    second.hangUp()
    await guest.clock.pass(3000)
    const third = await guest.server()
    third.accept()
    expect(third.all('hello')[0]!.resume).to.deep.equal({ conversationId: 'c1', seq: 2 })
    third.say(ready(), message('c1:3', 'three'), message('c1:4', 'four'))
    expect(guest.log()).to.deep.equal(['one', 'two', 'three', 'four'])
  })

  it('tells `delivered` unseen, `read` once looked at, and again to a new connection', async () => {
    const guest = visitor()
    const first = await online(guest)
    first.say(message('c1:1', 'a'))
    await guest.clock.pass(300)
    expect(first.all('seen')).to.deep.equal([
      { t: 'seen', state: 'delivered', conversationId: 'c1', seq: 1 },
    ])
    guest.chat.watch(true)
    await guest.clock.pass(300)
    expect(first.all('seen').slice(1)).to.deep.equal([
      { t: 'seen', state: 'read', conversationId: 'c1', seq: 1 },
    ])
    first.hangUp()
    await guest.clock.pass(2000)
    const second = await guest.server()
    second.accept()
    second.say(ready())
    await guest.clock.pass(300)
    expect(second.all('seen')).to.deep.equal([
      { t: 'seen', state: 'read', conversationId: 'c1', seq: 1 },
    ])
  })

  it('a long replay is answered with one `seen`: servers close sockets that flood them', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.watch(true)
    for (let seq = 1; seq <= 500; seq++) server.say(message(`c1:${seq}`, 'x'))
    await guest.clock.pass(1000)
    expect(server.all('seen')).to.deep.equal([
      { t: 'seen', state: 'read', conversationId: 'c1', seq: 500 },
    ])
  })

  it('typing dots end with the message, with the wire, and by themselves after 20 s', async () => {
    const guest = visitor()
    const server = await online(guest)
    server.say({ t: 'typing', on: true, name: 'Li' })
    expect(guest.chat.state.typing?.name).to.equal('Li')
    server.say(message('c1:1', 'here'))
    expect(guest.chat.state.typing).to.equal(undefined)
    server.say({ t: 'typing', on: true })
    await guest.clock.pass(19_000)
    expect(guest.chat.state.typing).not.to.equal(undefined)
    await guest.clock.pass(2000)
    expect(guest.chat.state.typing).to.equal(undefined)
    server.say({ t: 'typing', on: true })
    server.hangUp()
    expect(guest.chat.state.typing).to.equal(undefined)
  })
})
