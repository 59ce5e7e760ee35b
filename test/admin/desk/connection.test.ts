import { expect } from 'chai'
import { Connection, backOffMs } from '../../../admin/src/desk/link/connection.ts'
import type { ApiError } from '../../../admin/src/api/error.ts'
import { Clockwork, FakeSocket } from './clockwork.ts'
import { welcome } from './samples.ts'

function setUp() {
  const clockwork = new Clockwork()
  const sockets: FakeSocket[] = []
  const frames: string[] = []
  const lost: number[] = []
  const connection = new Connection({
    dial: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    timers: clockwork,
    random: () => 1,
    onFrame: (frame) => frames.push(frame.t),
    onLost: (attempts) => lost.push(attempts),
  })
  return { clockwork, sockets, frames, lost, connection }
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: ApiError) => error.code,
  )

describe('admin desk: the line to the server', () => {
  it('each command gets its own answer, in whatever order they come', async () => {
    const { sockets, connection } = setUp()
    sockets[0]!.open()
    const first = connection.request({ do: 'ping' })
    const second = codeOf(connection.request({ do: 'finish', conversationId: 'c1' }))
    const [a, b] = sockets[0]!.requests
    sockets[0]!.push({
      t: 'refused',
      id: b!.id,
      error: { code: 'NOT_YOURS', zh: '不在您名下', en: 'not yours' },
    })
    sockets[0]!.push({ t: 'done', id: a!.id, result: 'pong' })
    expect(await first).to.equal('pong')
    expect(await second).to.equal('NOT_YOURS')
  })

  it('the line breaks: what was unanswered is OFFLINE, and it comes back with longer pauses', async () => {
    const { clockwork, sockets, lost, connection } = setUp()
    sockets[0]!.open()
    const unanswered = codeOf(connection.request({ do: 'ping' }))
    sockets[0]!.break()
    expect(await unanswered).to.equal('OFFLINE')
    clockwork.pass(499)
    expect(sockets).to.have.length(1)
    clockwork.pass(1)
    expect(sockets).to.have.length(2)
    sockets[1]!.break()
    clockwork.pass(999)
    expect(sockets).to.have.length(2)
    clockwork.pass(1)
    expect(sockets).to.have.length(3)
    expect(lost).to.deep.equal([1, 2])
  })

  it('only a welcome counts as being back', () => {
    const { clockwork, sockets, lost } = setUp()
    sockets[0]!.break()
    clockwork.pass(500)
    sockets[1]!.open()
    sockets[1]!.push(welcome([]))
    sockets[1]!.break()
    expect(lost).to.deep.equal([1, 1])
  })

  it('a line that says nothing is given up although it looks open', () => {
    const { clockwork, sockets } = setUp()
    sockets[0]!.open()
    clockwork.pass(50_500)
    expect(sockets[0]!.asked('ping')).to.not.equal(undefined)
    expect(sockets[0]!.closed).to.equal(true)
    expect(sockets).to.have.length(2)
  })

  it('pings that are answered keep the line', () => {
    const { clockwork, sockets } = setUp()
    sockets[0]!.open()
    for (let minute = 0; minute < 5; minute++) {
      clockwork.pass(21_000)
      const { id } = sockets[0]!.asked('ping')!
      sockets[0]!.push({ t: 'done', id })
    }
    expect(sockets).to.have.length(1)
  })

  it('signed out elsewhere: no more attempts', () => {
    const { clockwork, sockets, frames } = setUp()
    sockets[0]!.open()
    sockets[0]!.push({
      t: 'signedOut',
      error: { code: 'UNAUTHENTICATED', zh: '请先登录', en: 'Sign in first' },
    })
    clockwork.pass(120_000)
    expect(frames).to.deep.equal(['signedOut'])
    expect(sockets).to.have.length(1)
  })

  it('the network returns: no waiting for the end of the pause', () => {
    const { clockwork, sockets, connection } = setUp()
    sockets[0]!.break()
    connection.hurry()
    expect(sockets).to.have.length(2)
    connection.hurry()
    clockwork.pass(20_000)
    expect(sockets).to.have.length(2)
  })

  it('pauses never exceed 15 s and are spread', () => {
    expect(backOffMs(50, 1)).to.equal(15_000)
    expect(backOffMs(50, 0)).to.equal(7_500)
    expect(backOffMs(1, 0)).to.equal(250)
  })
})
