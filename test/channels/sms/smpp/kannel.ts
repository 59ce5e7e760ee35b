/** Kannel as Debian packs it, an SMS gateway of others: connected to a message centre as we are. */
import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** @returns why it cannot be used here */
export function kannelMissing(): string | undefined {
  // Debian keeps both in /usr/sbin
  const found = ['bearerbox', 'smsbox'].every(
    (name) => spawnSync('which', [name], { env }).status === 0,
  )
  return found ? undefined : 'Kannel is not installed (apt-get install kannel)'
}

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

export interface KannelMessage {
  from: string
  to: string
  text: string
}

export class Kannel extends EventEmitter<{ told: [] }> {
  /** what its centre brought, whole */
  readonly received: KannelMessage[] = []
  /** the numbers of delivery reports: 1 delivered, 2 failed, 8 taken by the centre */
  readonly reports: number[] = []
  private readonly dir = mkdtempSync(path.join(tmpdir(), 'yilu-kannel-'))
  private readonly children: ChildProcess[] = []
  private server!: Server
  private sendPort = 0

  /** @param port of the centre, where it is known as `systemId` */
  static async start(port: number, systemId: string, password: string): Promise<Kannel> {
    const kannel = new Kannel()
    await kannel.listen()
    const [adminPort, boxPort, sendPort] = await Promise.all([freePort(), freePort(), freePort()])
    kannel.sendPort = sendPort
    const told = `http://127.0.0.1:${(kannel.server.address() as AddressInfo).port}`
    writeFileSync(
      path.join(kannel.dir, 'kannel.conf'),
      `group = core
admin-port = ${adminPort}
admin-password = none
admin-interface = 127.0.0.1
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
sms-combine-concatenated-mo = true
access-log = ${path.join(kannel.dir, 'access.log')}

group = smsc
smsc = smpp
smsc-id = centre
host = 127.0.0.1
port = ${port}
transceiver-mode = true
smsc-username = ${systemId}
smsc-password = ${password}
system-type = ""
address-range = ""
enquire-link-interval = 1
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${boxPort}
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = test
password = test
max-messages = 20
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "${told}/mo?from=%p&to=%P&coding=%c&text=%b"
`,
    )
    await kannel.run('bearerbox', boxPort)
    await kannel.run('smsbox', sendPort)
    return kannel
  }

  async send(from: string, to: string, text: string): Promise<void> {
    const { port } = this.server.address() as AddressInfo
    const query = new URLSearchParams({
      ...{ username: 'test', password: 'test', from, to, text, charset: 'UTF-8' },
      ...{ coding: /^[\x20-\x7e]*$/.test(text) ? '0' : '2', 'dlr-mask': '11' },
      'dlr-url': `http://127.0.0.1:${port}/report?state=%d`,
    })
    const answer = await fetch(`http://127.0.0.1:${this.sendPort}/cgi-bin/sendsms?${query}`)
    if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this, 'told')
  }

  async stop(): Promise<void> {
    for (const child of this.children.reverse()) {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGKILL')
      await gone
    }
    this.server.closeAllConnections()
    this.server.close()
    await rm(this.dir, { recursive: true, force: true })
  }

  private async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://127.0.0.1')
      const read = (name: string) => url.searchParams.get(name) ?? ''
      if (url.pathname === '/report') this.reports.push(Number(read('state')))
      else {
        const octets = octetsOf(/[?&]text=([^&]*)/.exec(request.url!)?.[1] ?? '')
        const text =
          read('coding') === '2' ? octets.swap16().toString('utf16le') : octets.toString()
        this.received.push({ from: read('from'), to: read('to'), text })
      }
      this.emit('told')
      response.end()
    })
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
  }

  private async run(program: string, port: number): Promise<void> {
    const child = spawn(program, ['-v', '4', path.join(this.dir, 'kannel.conf')], {
      ...{ cwd: this.dir, env, stdio: 'ignore' as const },
    })
    this.children.push(child)
    // a test that fails on its way leaves none behind
    const end = () => void child.kill('SIGKILL')
    process.once('exit', end)
    child.once('exit', () => process.off('exit', end))
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
      if (await answers(port)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Of a query: UTF-16 octets, which no decoder of text may touch. */
function octetsOf(encoded: string): Buffer {
  const octets: number[] = []
  for (let at = 0; at < encoded.length; at++) {
    const character = encoded[at]!
    if (character === '%') octets.push(parseInt(encoded.slice(at + 1, (at += 2) + 1), 16))
    else octets.push(character === '+' ? 0x20 : character.charCodeAt(0))
  }
  return Buffer.from(octets)
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const connected = await new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true))
    socket.on('error', () => resolve(false))
  })
  socket.destroy()
  return connected
}
