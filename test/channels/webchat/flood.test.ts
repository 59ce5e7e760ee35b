import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect } from 'chai'
import { Allowance } from '../../../channels/webchat/allowance.ts'
import { RawSocket } from '../../gateway/raw-socket.ts'
import { expectHealthy, expectWireError } from '../../gateway/refusals.ts'
import { simulateChat } from '../../harness/chat.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'

/** A neighbour's message is stored within this while the flood lasts; alone it takes a few milliseconds. */
const UNDISTURBED_MS = 2000

describe('web chat is flooded', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let silent: RawSocket
  let silentSinceMs: number

  before(async () => {
    product = await runProduct({ YILU_VISITORS_PER_MINUTE: '1000' })
    silentSinceMs = performance.now()
    silent = await new RawSocket(`${product.url}/webchat/ws`).open()
  })
  after(() => product.stop())
  afterEach(() => expectHealthy(product))

  async function storedWithinMs(): Promise<number> {
    const neighbour = await simulateChat(product.url)
    const beganMs = performance.now()
    await neighbour.say('钟楼鼓楼怎么去')
    const tookMs = performance.now() - beganMs
    neighbour.cut()
    return tookMs
  }

  const say = (index: number) => ({
    t: 'say',
    clientMsgId: `flood-${String(index).padStart(6, '0')}`,
    content: { type: 'text', text: `flood ${index}` },
  })

  async function welcomed(token: string): Promise<RawSocket> {
    const socket = await new RawSocket(`${product.url}/webchat/ws`).open()
    socket.send({ t: 'hello', token, lang: 'en' })
    await socket.frame('ready')
    return socket
  }

  it('10,000 messages at once from one visitor: a burst is taken, the rest refused, the line cut', async () => {
    const flooder = await simulateChat(product.url)
    const socket = await welcomed(flooder.token)
    for (let i = 0; i < 10_000; i++) socket.send(say(i))
    expect(await storedWithinMs()).to.be.below(UNDISTURBED_MS)
    expect(await socket.closed()).to.equal(1008)

    const stored = socket.frames.filter(({ t }) => t === 'stored')
    const refused = socket.frames.filter(({ t }) => t === 'refused')
    expect(stored.length).to.be.within(30, 60)
    expect(refused).not.to.be.empty
    for (const { error, retryAfterMs, clientMsgId } of refused) {
      expectWireError(error, 'RATE_LIMITED')
      expect(retryAfterMs).to.be.within(1, 10_000)
      expect(clientMsgId).to.match(/^flood-/)
    }
    const outcomes = [...stored, ...refused].map(({ clientMsgId }) => clientMsgId)
    expect(new Set(outcomes).size, 'one answer a message').to.equal(outcomes.length)
  })

  it('coming back on a new socket gives no new allowance', async () => {
    const flooder = await simulateChat(product.url)
    const first = await welcomed(flooder.token)
    for (let i = 0; i < 100; i++) first.send(say(i))
    await first.until(() => first.frames.some(({ t }) => t === 'refused'), 'a refusal')
    first.cut()
    const second = await welcomed(flooder.token)
    for (let i = 100; i < 150; i++) second.send(say(i))
    await second.until(
      () => second.frames.filter(({ t }) => t === 'stored' || t === 'refused').length >= 50,
      '50 answers',
    )
    // 5 a second come in again meanwhile; a fresh allowance would be 30
    expect(second.frames.filter(({ t }) => t === 'stored').length).to.be.below(20)
  })

  it('a message refused for haste is taken when it is sent again after the time named', async () => {
    const flooder = await simulateChat(product.url)
    const socket = await welcomed(flooder.token)
    for (let i = 0; i < 60; i++) socket.send(say(i))
    await socket.until(
      () => socket.frames.filter(({ t }) => t === 'stored' || t === 'refused').length >= 60,
      '60 answers',
    )
    const last = socket.frames.findLast(({ t }) => t === 'refused')!
    await new Promise((resolve) => setTimeout(resolve, last.retryAfterMs! + 20))
    socket.send(say(Number(last.clientMsgId!.slice(6))))
    await socket.until(
      () => socket.frames.some((f) => f.t === 'stored' && f.clientMsgId === last.clientMsgId),
      'the message to be stored',
    )
    socket.cut()
  })

  it('an eleventh page of one visitor is refused, ten others live on', async () => {
    const { token } = await simulateChat(product.url)
    const pages = await Promise.all(Array.from({ length: 9 }, () => welcomed(token)))
    const socket = await new RawSocket(`${product.url}/webchat/ws`).open()
    expectWireError((await socket.refused({ t: 'hello', token, lang: 'en' })).error, 'RATE_LIMITED')
    for (const page of pages) {
      page.send({ t: 'ping' })
      await page.frame('pong')
      page.cut()
    }
    socket.cut()
  })

  it('300 sockets that never say hello hold up nobody', async () => {
    const crowd = await Promise.all(
      Array.from({ length: 300 }, () => new RawSocket(`${product.url}/webchat/ws`).open()),
    )
    expect(await storedWithinMs()).to.be.below(UNDISTURBED_MS)
    const text = await metrics()
    expect(Number(/yilu_sockets\{kind="visitor"\} (\d+)/.exec(text)![1])).to.be.at.least(300)
    for (const socket of crowd) socket.cut()
  })

  it('200 handshakes that stop half way hold up nobody', async () => {
    const { hostname, port } = new URL(product.url)
    const halves: Socket[] = []
    for (let i = 0; i < 200; i++) {
      const half = connect(Number(port), hostname)
      half.on('error', () => undefined)
      await once(half, 'connect')
      half.write('GET /webchat/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upg')
      halves.push(half)
    }
    expect(await storedWithinMs()).to.be.below(UNDISTURBED_MS)
    for (const half of halves) half.destroy()
  })

  it('handshakes with broken headers are answered and closed', async () => {
    const { hostname, port } = new URL(product.url)
    const handshakes = [
      'Sec-WebSocket-Version: 13\r\n',
      'Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 99\r\n',
      'Sec-WebSocket-Key: \x01\x02\r\n',
    ]
    for (const headers of handshakes) {
      const socket = connect(Number(port), hostname)
      const chunks: Buffer[] = []
      socket.on('data', (chunk: Buffer) => chunks.push(chunk))
      socket.write(
        `GET /webchat/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`,
      )
      await once(socket, 'close')
      expect(Buffer.concat(chunks).toString(), headers).to.match(/^HTTP\/1\.1 (400|426) /)
    }
  })

  it('a socket that says nothing is closed after ten seconds', async () => {
    await silent.until(() => silent.closeCode !== undefined, 'close').catch(() => undefined)
    expect(await silent.closed()).to.equal(4000)
    expect(performance.now() - silentSinceMs).to.be.above(9_900)
  })

  async function metrics(): Promise<string> {
    return (await fetch(`${product.url}/metrics`)).text()
  }
})

describe('the allowance of a visitor', () => {
  it('lets a burst through, then as many as the clock brings, and says when the next one may come', () => {
    const allowance = new Allowance(5, 30, 0)
    for (let i = 0; i < 30; i++) expect(allowance.take(0)).to.equal(0)
    expect(allowance.take(0)).to.equal(200)
    expect(allowance.take(199)).to.equal(1)
    expect(allowance.take(200)).to.equal(0)
    expect(allowance.take(200)).to.equal(200)
  })

  it('never holds more than the burst, however long it rests', () => {
    const allowance = new Allowance(5, 30, 0)
    let taken = 0
    while (allowance.take(1e9) === 0) taken++
    expect(taken).to.equal(30)
  })

  it('survives a clock that is set back', () => {
    const allowance = new Allowance(5, 2, 1_000_000)
    allowance.take(1_000_000)
    allowance.take(1_000_000)
    expect(allowance.take(0)).to.be.within(1, 1000)
  })
})
