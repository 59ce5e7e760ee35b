import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { SipListener, SipTransport } from '../../../channels/sip/sip-engine.ts'
import { RFC_TIMERS } from '../../../channels/sip/timing/sip-timers.ts'
import { answering, closeAll, dial, engine, Heard, QUICK, RawUa, SDP, told } from './ladder.ts'

const on = (transport: SipTransport): SipListener => ({ transport, host: '127.0.0.1', port: 0 })
const LONG = { 'x-long': 'x'.repeat(1400) }

/** A TCP client that writes what it is told and collects whole messages without bodies. */
class Stream {
  readonly socket: Socket
  text = ''
  #wake: (() => void) | undefined
  constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      this.text += chunk.toString()
      this.#wake?.()
    })
    socket.on('close', () => this.#wake?.())
  }
  static async open(port: number): Promise<Stream> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    return new Stream(socket)
  }
  async until(test: () => boolean): Promise<void> {
    while (!test()) await new Promise<void>((resolve) => (this.#wake = resolve))
  }
}

describe('sip: TCP, TLS and large requests', () => {
  const sockets: { destroy(): void }[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await closeAll()
  })

  it('calls between two of ours over TCP use one connection both ways', async () => {
    const a = await engine({ listen: [on('tcp')], timers: RFC_TIMERS })
    const b = await engine({ listen: [on('tcp')], timers: RFC_TIMERS })
    const calls = answering(b)
    const { port } = b.listening[0]!
    for (let i = 0; i < 3; i++) {
      const call = a.call({
        uri: `sip:801@127.0.0.1:${port};transport=tcp`,
        from: { number: '1' },
        to: { number: '801' },
        sdp: SDP,
      })
      const answered = told<void>()
      const ended = told<string>()
      call.onAnswered = () => answered.tell()
      call.onEnded = ({ by }) => ended.tell(by)
      await answered.promise
      expect(calls[i]!.source.transport).to.equal('tcp')
      calls[i]!.hangUp()
      expect(await ended.promise).to.equal('them')
    }
    const { port: from } = calls[0]!.source
    expect(calls.map((c) => c.source.port)).to.deep.equal([from, from, from])
    expect(a.stats().retransmitted + b.stats().retransmitted).to.equal(0)
  })

  it('one stream: messages cut anywhere, two at once, keep-alives in between', async () => {
    const yilu = await engine({ listen: [on('tcp')] })
    answering(yilu)
    const ua = await RawUa.open(1)
    const stream = await Stream.open(yilu.listening[0]!.port)
    sockets.push(stream.socket)
    const tcp = (text: string): string => text.replace('SIP/2.0/UDP', 'SIP/2.0/TCP')
    stream.socket.write('\r\n\r\n')
    await stream.until(() => stream.text === '\r\n')
    const options = tcp(ua.request('OPTIONS', 1))
    const invite = tcp(ua.request('INVITE', 2, { body: SDP }))
    const both = options + invite
    for (const part of [both.slice(0, 7), both.slice(7, 300), both.slice(300)])
      await new Promise<void>((resolve) => stream.socket.write(part, () => resolve()))
    await stream.until(() => /CSeq: 2 INVITE[\s\S]*m=audio/.test(stream.text))
    expect(stream.text).to.contain('CSeq: 1 OPTIONS')
  })

  it('a stream of garbage is cut off, the others stay', async () => {
    const yilu = await engine({ listen: [on('tcp')] })
    const bad = await Stream.open(yilu.listening[0]!.port)
    const good = await Stream.open(yilu.listening[0]!.port)
    sockets.push(bad.socket, good.socket)
    const closed = new Promise<void>((resolve) => bad.socket.once('close', resolve))
    bad.socket.write('INVITE sip:x SIP/2.0\r\nVia: x\r\n\r\n')
    await closed
    good.socket.write('\r\n\r\n')
    await good.until(() => good.text === '\r\n')
  })

  it('nobody listens on TCP: told at once', async () => {
    const yilu = await engine({ listen: [on('tcp')] })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    const { host, port } = { host: '127.0.0.1', port: address.port }
    expect(await yilu.ping({ host, port, transport: 'tcp' })).to.equal(408)
    const call = yilu.call({
      uri: `sip:x@127.0.0.1:${port};transport=tcp`,
      from: { number: '1' },
      to: { number: '2' },
      sdp: SDP,
    })
    const ended = told<number>()
    call.onEnded = ({ status }) => ended.tell(status)
    expect(await ended.promise).to.equal(503)
  })

  it('more than 1300 bytes go by TCP where the peer has it', async () => {
    const a = await engine({ listen: [on('udp'), on('tcp')] })
    // a peer with UDP and TCP on one port, as all have
    const udp = await RawUa.open(a)
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(udp.port, '127.0.0.1', resolve))
    sockets.push({ destroy: () => server.close() })
    const heard = told<Heard>()
    server.on('connection', (socket) => {
      sockets.push(socket)
      socket.on('data', (chunk) => heard.tell(new Heard(chunk.toString(), 0)))
    })
    dial(a, udp, { headers: LONG })
    const invite = await heard.promise
    expect(invite.header('Via')).to.contain('SIP/2.0/TCP')
    expect(udp.count('INVITE')).to.equal(0)
  })

  it('more than 1300 bytes go by UDP where it has not', async () => {
    const a = await engine({ listen: [on('udp'), on('tcp')] })
    const udp = await RawUa.open(a)
    const { call } = dial(a, udp, { headers: LONG })
    const invite = await udp.next('INVITE')
    expect(invite.header('Via')).to.contain('SIP/2.0/UDP')
    const answered = told<void>()
    call.onAnswered = () => answered.tell()
    udp.answer(invite, 200, { body: SDP })
    await answered.promise
  })

  it('without rport the answer goes to the port of Via', async () => {
    const yilu = await engine()
    const sender = await RawUa.open(yilu)
    const listener = await RawUa.open(yilu)
    const text = sender
      .request('OPTIONS', 1)
      .replace(`127.0.0.1:${sender.port};`, `127.0.0.1:${listener.port};`)
      .replace(';rport', '')
    sender.send(text)
    await listener.next('200 OPTIONS')
    expect(sender.heard).to.have.length(0)
  })

  it('a port that is taken is said with its number', async () => {
    const taken = await engine()
    const { port } = taken.listening[0]!
    const error = await engine({ listen: [{ ...on('udp'), port }] }).catch((e: Error) => e)
    expect(error).to.include({ code: 'TELEPHONY_OFF' })
    expect(error).to.have.deep.property('details', { code: 'EADDRINUSE', port })
  })

  it('what peers are told is the advertised address', async () => {
    const yilu = await engine({
      listen: [{ transport: 'udp', host: '0.0.0.0', port: 0 }],
      advertised: 'sbc.yilu.test',
      timers: QUICK,
    })
    const ua = await RawUa.open(yilu)
    dial(yilu, ua, { fromHost: 'yilu.test' })
    const invite = await ua.next('INVITE')
    // except to a peer on this very machine
    expect(invite.header('Contact')).to.contain('@127.0.0.1:')
    expect(invite.header('From')).to.contain('<sip:12301@yilu.test>')
    ua.answer(invite, 486)
  })

  it('TLS, with a certificate that is checked', async function () {
    const folder = mkdtempSync(join(tmpdir(), 'yilu-sip-'))
    try {
      execFileSync(
        'openssl',
        ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
          .concat([
            '-days',
            '2',
            '-subj',
            '/CN=127.0.0.1',
            '-addext',
            'subjectAltName=IP:127.0.0.1',
          ])
          .concat(['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]),
        { stdio: 'ignore' },
      )
    } catch {
      return this.skip() // no openssl here to make a certificate with
    }
    const key = readFileSync(join(folder, 'key.pem'))
    const cert = readFileSync(join(folder, 'cert.pem'))
    rmSync(folder, { recursive: true })
    const server = await engine({ listen: [on('tls')], tls: { key, cert } })
    answering(server)
    const { port } = server.listening[0]!
    const trusting = await engine({ listen: [on('tls')], tls: { key, cert, ca: cert } })
    const doubting = await engine({ listen: [on('tls')], tls: { key, cert } })
    const target = { host: '127.0.0.1', port, transport: 'tls' as const }
    expect(await trusting.ping(target)).to.equal(200)
    expect(await doubting.ping(target)).to.equal(408)
    const call = trusting.call({
      uri: `sips:801@127.0.0.1:${port}`,
      from: { number: '1' },
      to: { number: '801' },
      sdp: SDP,
    })
    const answered = told<void>()
    call.onAnswered = () => answered.tell()
    await answered.promise
  })
})
