import { expect } from 'chai'
import { Desk } from '../../../admin/src/desk/desk.ts'
import type { News } from '../../../admin/src/desk/desk.ts'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { Clockwork, FakeSocket, settle } from './clockwork.ts'
import { card, message, welcome } from './samples.ts'

function shelf() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

function setUp(kept = shelf()) {
  const clockwork = new Clockwork()
  const sockets: FakeSocket[] = []
  const news: News[] = []
  let ids = 0
  const desk = new Desk('a1', {
    dial: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    timers: clockwork,
    random: () => 1,
    now: () => clockwork.nowMs,
    newId: () => `client-${++ids}`,
    shelf: kept,
    onNews: (one) => news.push(one),
    onLost: () => undefined,
    onSignedOut: () => undefined,
  })
  const last = () => sockets.at(-1)!
  const arrive = async (...cards: ConversationCard[]) => {
    last().open()
    last().push(welcome(cards, clockwork.nowMs))
    await settle()
  }
  return { desk, clockwork, last, news, arrive }
}

async function answerOpen(socket: FakeSocket, seqs: number[]) {
  const { id } = socket.asked('open')!
  socket.push({
    t: 'done',
    id,
    result: {
      card: card('c1', { lastSeq: seqs.at(-1) ?? 0 }),
      messages: seqs.map((seq) => message(seq)),
      more: false,
    },
  })
  await settle()
}

describe('admin desk: what follows from what comes in', () => {
  it('my conversations are followed without being on screen', async () => {
    const { last, arrive } = setUp()
    await arrive(card('c1'), card('c2', { state: 'queued', agentId: undefined }))
    expect(
      last()
        .all('open')
        .map(({ command }) => command),
    ).to.deep.equal([{ do: 'open', conversationId: 'c1', afterSeq: 0 }])
  })

  it('a gap is asked for once, however many messages show it', async () => {
    const { last, arrive, desk } = setUp()
    await arrive(card('c1'))
    await answerOpen(last(), [1, 2])
    last().push({ t: 'message', message: message(5) })
    last().push({ t: 'message', message: message(6) })
    expect(last().all('open')).to.have.length(2)
    expect(last().asked('open')?.command).to.include({ afterSeq: 2 })
    await answerOpen(last(), [3, 4, 5, 6])
    expect(desk.state.threads['c1']?.messages.map(({ seq }) => seq)).to.deep.equal([
      1, 2, 3, 4, 5, 6,
    ])
  })

  it('after a reconnect it asks from where it stopped', async () => {
    const { last, arrive, clockwork } = setUp()
    await arrive(card('c1'))
    await answerOpen(last(), [1, 2])
    last().break()
    clockwork.pass(500)
    await arrive(card('c1', { lastSeq: 4 }))
    expect(last().asked('open')?.command).to.include({ conversationId: 'c1', afterSeq: 2 })
  })

  it('the line breaks while a message is under way: it is sent again under the same id', async () => {
    const { desk, last, arrive, clockwork } = setUp()
    await arrive(card('c1'))
    desk.send('c1', { type: 'text', text: '您好' })
    const first = last().asked('send')!.command
    last().break()
    await settle()
    expect(desk.state.compose['c1']?.pending[0]?.state).to.equal('waiting')
    clockwork.pass(500)
    await arrive(card('c1'))
    expect(last().asked('send')?.command).to.deep.equal(first)
  })

  it('messages written without a line go out in order, the next only after the one before', async () => {
    const { desk, last, arrive } = setUp()
    desk.send('c1', { type: 'text', text: 'one' })
    desk.send('c1', { type: 'text', text: 'two' })
    await arrive(card('c1'))
    expect(last().all('send')).to.have.length(1)
    last().push({ t: 'done', id: last().asked('send')!.id })
    await settle()
    expect(
      last()
        .all('send')
        .map(({ command }) => 'content' in command && command.content),
    ).to.deep.equal([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ])
  })

  it('a reload loses neither draft nor unsent message', async () => {
    const kept = shelf()
    const before = setUp(kept)
    before.desk.draft('c1', 'half a', true)
    before.desk.send('c1', { type: 'text', text: 'unsent' })
    before.desk.stop()
    const { desk, last, arrive } = setUp(kept)
    expect(desk.state.compose['c1']).to.include({ draft: 'half a', note: true })
    await arrive(card('c1'))
    expect(last().all('send')).to.have.length(1)
  })

  it('a refused message stays with its reason until sent again or discarded', async () => {
    const { desk, last, arrive } = setUp()
    await arrive(card('c1'))
    desk.send('c1', { type: 'text', text: 'late' })
    last().push({
      t: 'refused',
      id: last().asked('send')!.id,
      error: { code: 'NOT_YOURS', zh: '不在您名下', en: 'not yours' },
    })
    await settle()
    const item = desk.state.compose['c1']!.pending[0]!
    expect(item).to.deep.include({ state: 'refused', error: { zh: '不在您名下', en: 'not yours' } })
    desk.resend('c1', item.clientMsgId)
    expect(last().all('send')).to.have.length(2)
    desk.discard('c1', item.clientMsgId)
    expect(desk.state.compose).to.deep.equal({})
  })

  it('a note goes out as a note', async () => {
    const { desk, last, arrive } = setUp()
    await arrive(card('c1'))
    desk.send('c1', { type: 'text', text: '需回访' }, true)
    expect(last().asked('send')).to.equal(undefined)
    expect(last().asked('note')?.command).to.include({ text: '需回访' })
  })

  it('an offer is announced once, its end too', async () => {
    const { last, arrive, news } = setUp()
    await arrive()
    const offered = card('c1', {
      state: 'offered',
      agentId: undefined,
      offer: { id: 'o1', agentId: 'a1', expiresAtMs: 9 },
    })
    last().push({ t: 'conversation', card: offered })
    last().push({ t: 'conversation', card: { ...offered, version: 2, preview: 'more' } })
    expect(news.map(({ kind }) => kind)).to.deep.equal(['offer'])
    last().push({ t: 'gone', conversationId: 'c1', why: 'elsewhere' })
    expect(news.map(({ kind }) => kind)).to.deep.equal(['offer', 'offerEnded'])
  })

  it('only what visitors of mine write is announced', async () => {
    const { last, arrive, news, desk } = setUp()
    await arrive(card('c1'), card('c2', { agentId: 'a2' }))
    desk.select('c2')
    await answerOpen(last(), [])
    last().push({ t: 'message', message: message(1) })
    last().push({ t: 'message', message: message(2, { direction: 'out' }) })
    last().push({ t: 'message', message: message(1, { conversationId: 'c2' }) })
    expect(news).to.have.length(1)
    expect(news[0]).to.deep.include({ kind: 'message', message: message(1) })
  })

  it('looking away from a conversation that is not mine lets it go', async () => {
    const { desk, last, arrive } = setUp()
    await arrive(card('c2', { state: 'queued', agentId: undefined }))
    desk.select('c2')
    expect(last().asked('open')?.command).to.include({ conversationId: 'c2' })
    desk.select(undefined)
    expect(last().asked('leave')?.command).to.include({ conversationId: 'c2' })
    expect(desk.state.threads).to.deep.equal({})
  })

  it('the visitor hears of typing seldom, and that it ended', async () => {
    const { desk, last, arrive, clockwork } = setUp()
    await arrive(card('c1'))
    for (const draft of ['a', 'ab', 'abc']) desk.draft('c1', draft, false)
    const told = () =>
      last()
        .all('typing')
        .map(({ command }) => 'on' in command && command.on)
    expect(told()).to.deep.equal([true])
    clockwork.pass(3000)
    desk.draft('c1', 'abcd', false)
    expect(told()).to.deep.equal([true, true])
    clockwork.pass(5000)
    expect(told()).to.deep.equal([true, true, false])
    desk.draft('c1', 'note', true)
    expect(told()).to.have.length(3)
  })

  it('a visitor who types and walks away is not shown typing for ever', async () => {
    const { desk, last, arrive, clockwork } = setUp()
    await arrive(card('c1'))
    last().push({ t: 'typing', conversationId: 'c1', on: true })
    expect(desk.state.typing['c1']).to.equal(true)
    clockwork.pass(8000)
    expect(desk.state.typing['c1']).to.equal(false)
  })

  it('only who serves tells the visitor that it was read', async () => {
    const { desk, last, arrive } = setUp()
    await arrive(card('c1'), card('c2', { agentId: 'a2' }))
    desk.sawUpTo('c1', 3)
    desk.sawUpTo('c1', 2)
    desk.sawUpTo('c2', 3)
    expect(
      last()
        .all('read')
        .map(({ command }) => command),
    ).to.deep.equal([{ do: 'read', conversationId: 'c1', seq: 3 }])
  })
})
