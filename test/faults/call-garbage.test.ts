/** The running product under garbage and floods: the process lives, calls in progress go on, new ones come in. */
import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import type { TelephonyStatusView } from '../../gateway/telephony/schema.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { mutated } from '../harness/mutate.ts'
import type { PhoneCall } from '../harness/phone.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

/** the trunk of a fresh installation lets in 127.0.0.1 */
const KNOWN = '127.0.0.1'
const STRANGER = '127.0.0.9'
const GARBAGE = 3000
const INVITES = 5000
const SEED = 20_261_122
const BATCH = 100

const invite = (n: number, from: string): Buffer =>
  Buffer.from(
    [
      'INVITE sip:12301@127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP ${from}:5999;branch=z9hG4bKflood${n};rport`,
      'Max-Forwards: 70',
      `From: <sip:00442079460000@${from}>;tag=t${n}`,
      'To: <sip:12301@127.0.0.1>',
      `Call-ID: flood${n}@${from}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:x@${from}:5999>`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  )

describe('garbage and floods at the telephone ports', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let phone: SimulatedPhone
  let admin: SimulatedAgent
  let call: PhoneCall
  const sockets: Socket[] = []

  before(async () => {
    ;[product, phone] = await Promise.all([runProduct(), SimulatedPhone.start()])
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
  })
  beforeEach(async () => {
    call = await phone.call(product.sipPort)
    await call.hearsSound()
  })
  afterEach(async () => {
    // it went on: the menu answers its key as before
    call.press('*')
    call.forget()
    await call.hearsSound()
    expect(call.sip.state).to.equal('answered')
    call.hangUp()
    await call.ended
  })
  after(async () => {
    for (const socket of sockets) socket.close()
    await phone?.stop()
    await product?.stop()
  })

  async function socketAt(address: string): Promise<Socket> {
    const socket = createSocket('udp4')
    socket.on('error', () => undefined)
    socket.bind(0, address)
    await once(socket, 'listening')
    sockets.push(socket)
    return socket
  }
  const roomsOf = ({ workers }: TelephonyStatusView) =>
    workers.reduce((rooms, worker) => rooms + worker.rooms, 0)
  const status = () => admin.get<TelephonyStatusView>('/telephony/status')
  /** In batches, each of them read before the next: loopback drops what nobody reads in time. */
  async function send(from: string, port: number, datagrams: Buffer[]): Promise<void> {
    const socket = await socketAt(from)
    for (let at = 0; at < datagrams.length; at += BATCH) {
      for (const datagram of datagrams.slice(at, at + BATCH)) socket.send(datagram, port, KNOWN)
      await fetch(`${product.url}/healthz`)
    }
  }
  const nonsense = () => fc.uint8Array({ maxLength: 1200 }).map((bytes) => Buffer.from(bytes))
  const almostSip = () =>
    mutated([invite(1, KNOWN), Buffer.from(invite(2, KNOWN).toString().replaceAll('INVITE', 'REGISTER'))], ['\r\n', ';', '<', '"', '%00', '\0', 'sip:', 'Content-Length: 99999\r\n']) // prettier-ignore
  const sample = (kind: fc.Arbitrary<Buffer>) => fc.sample(kind, { numRuns: GARBAGE, seed: SEED })

  for (const from of [KNOWN, STRANGER]) {
    it(`${GARBAGE} times nonsense at the SIP port over UDP, from ${from}`, async () => {
      await send(from, product.sipPort, sample(nonsense()))
      await send(from, product.sipPort, sample(almostSip()))
      const { sip } = await status()
      expect(sip!.malformed).to.be.greaterThan(100)
    })
  }

  it('nonsense, half messages and headers without end over TCP', async () => {
    const streams = [
      ...fc.sample(nonsense(), { numRuns: 30, seed: SEED }),
      ...fc.sample(almostSip(), { numRuns: 30, seed: SEED }),
      Buffer.from(`INVITE sip:a@b SIP/2.0\r\nX: ${'x'.repeat(2_000_000)}`),
      Buffer.from('\r\n'.repeat(100_000)),
      Buffer.from('OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 2147483647\r\n\r\n'),
    ]
    const { listeners } = await status()
    const { port } = listeners.find(({ transport }) => transport === 'tcp')!
    await Promise.all(
      streams.map(async (bytes) => {
        const socket = connect(port, KNOWN)
        socket.on('error', () => undefined)
        await once(socket, 'connect')
        // one that is not read never ends
        socket.resume()
        // whoever refuses the rest closes the connection; whoever waits for more is left
        const closed = new Promise((resolve) => socket.on('close', resolve))
        socket.write(bytes, () => socket.end())
        await closed
      }),
    )
    expect((await status()).running).to.be.true
  })

  it('nonsense and RTP of others at the port of the call', async () => {
    const sdp = await new Promise<string>((told) => {
      call.sip.onOffer = undefined
      void call.sip.reoffer(call.leg.offer()).then((answer) => {
        call.leg.accept(answer)
        told(answer)
      })
    })
    const port = Number(/^m=audio (\d+)/m.exec(sdp)![1])
    const rtp = Buffer.concat([
      Buffer.from([0x80, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7]),
      Buffer.alloc(160),
    ])
    for (const to of [port, port + 1]) {
      await send(STRANGER, to, sample(nonsense()))
      await send(STRANGER, to, sample(mutated([rtp], ['\x80\xc8', '\x80\x65', '\xff\xff'])))
    }
  })

  it(`${INVITES} INVITEs of a stranger hold nothing, and somebody else still gets through`, async () => {
    const before = await status()
    const flood = send(
      STRANGER,
      product.sipPort,
      Array.from({ length: INVITES }, (_, n) => invite(n, STRANGER)),
    )
    const other = await phone.call(product.sipPort, '12301', '13900000002')
    await other.hearsSound()
    other.hangUp()
    await other.ended
    await flood
    // a challenge is sent without keeping anything: no calls, no rooms, no transactions. The room of the call
    // that got through is closed when its recording is
    let now = await status()
    while (roomsOf(now) > roomsOf(before)) now = await status()
    expect(now.sip!.received - before.sip!.received).to.be.greaterThan(INVITES / 2)
    expect(now.sip!.calls).to.be.at.most(before.sip!.calls)
    expect(now.sip!.transactions).to.be.at.most(before.sip!.transactions + 10)
  })
})
