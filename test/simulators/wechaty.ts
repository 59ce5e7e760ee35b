/**
 * WeChat as a puppet service shows it: wechaty's own mock puppet behind wechaty's own puppet server, so that the
 * bridge speaks the real protocol of such services (gRPC) to something no one here wrote.
 *
 *   npm run simulate -- wechaty
 */
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { PuppetMock as Puppet } from 'wechaty-puppet-mock'

/** As puppets do: after a minute without one wechaty takes its puppet for dead and begins anew. */
const HEARTBEAT_MS = 10_000

type Mocker = Puppet['mocker']
type ContactMock = ReturnType<Mocker['createContact']>
type MessageMock = InstanceType<Mocker['MessageMock']>

export interface Said {
  to: string
  text?: string
  file?: { name: string; base64: string }
}

export class WechatySimulator {
  /** what the account said, in order */
  readonly said: Said[] = []
  onSaid: (said: Said) => void = () => undefined
  private mocker!: Mocker
  private puppet!: Puppet
  private stopServer = async () => undefined as void
  private endpoint = ''
  private heart: NodeJS.Timeout | undefined
  private self!: ContactMock
  private readonly contacts = new Map<string, ContactMock>()
  private readonly rooms = new Map<string, ReturnType<Mocker['createRoom']>>()

  async listen(): Promise<string> {
    process.env.WECHATY_LOG = 'silent'
    const [{ PuppetMock, mock }, { PuppetServer, log }] = await Promise.all([
      import('wechaty-puppet-mock'),
      import('wechaty-puppet-service' as string) as Promise<{
        PuppetServer: new (options: object) => { start(): Promise<void>; stop(): Promise<void> }
        log: { level(name: string): void }
      }>,
    ])
    log.level('silent')
    this.mocker = new mock.Mocker()
    this.puppet = new PuppetMock({ mocker: this.mocker })
    this.self = this.mocker.createContact({ id: 'self', name: '旅游热线' })
    this.endpoint = `127.0.0.1:${await freePort()}`
    const server = new PuppetServer({
      ...{ endpoint: this.endpoint, puppet: this.puppet, token: 'insecure_simulated' },
      tls: { disable: true },
    })
    await server.start()
    this.stopServer = () => server.stop()
    const beat = () => void this.puppet.emit('heartbeat', { data: 'simulated' })
    this.heart = setInterval(beat, HEARTBEAT_MS).unref()
    return this.endpoint
  }

  async close(): Promise<void> {
    clearInterval(this.heart)
    await this.stopServer()
    await this.puppet.stop().catch(() => undefined)
  }

  get settings(): Record<string, unknown> {
    return {
      ...{ riskAccepted: true, token: 'insecure_simulated', endpoint: this.endpoint },
      ...{ withoutTls: true, sendGapMs: 0 },
    }
  }

  scan(qrText: string): void {
    this.mocker.scan(qrText)
  }

  login(): void {
    this.mocker.login(this.self)
  }

  async logout(): Promise<void> {
    await this.puppet.logout()
  }

  /** @returns the puppet's id of the message */
  say(user: string, text: string, room?: string): string {
    const from = this.contact(user)
    return this.emitted(() => from.say(text, room ? [this.self] : []).to(this.place(room)))
  }

  /** Said into a room, to nobody. */
  sayToAll(user: string, text: string, room: string): string {
    return this.emitted(() => this.contact(user).say(text).to(this.place(room)))
  }

  sendImage(user: string, base64: string): string {
    const file = this.fileOf('photo.jpg', base64)
    return this.emitted(() =>
      this.contact(user)
        .say(file as never)
        .to(this.self),
    )
  }

  /** The puppet tells the same message once more, as it does after a sign-in. */
  repeat(messageId: string): void {
    this.puppet.emit('message', { messageId })
  }

  error(message: string): void {
    this.puppet.emit('error', { data: message } as never)
  }

  contact(id: string): ContactMock {
    let contact = this.contacts.get(id)
    if (!contact) {
      contact = this.mocker.createContact({ id, name: id })
      this.contacts.set(id, contact)
      this.listenTo(contact, id)
    }
    return contact
  }

  private place(room?: string) {
    if (!room) return this.self
    let found = this.rooms.get(room)
    if (!found) {
      const memberIdList = [this.self.id, ...this.contacts.keys()]
      found = this.mocker.createRoom({ id: `${room}@chatroom`, topic: room, memberIdList })
      this.listenTo(found, `${room}@chatroom`)
      this.rooms.set(room, found)
    }
    return found
  }

  /** an EventEmitter, which the package's own types have lost */
  private listenTo(place: object, to: string): void {
    const emitter = place as {
      on(event: 'message', listener: (message: MessageMock) => void): void
    }
    emitter.on('message', (message) => this.hears(to, message))
  }

  private hears(to: string, message: MessageMock): void {
    if (message.talker().id !== this.self.id) return
    const file = this.mocker.cacheFileBoxPayload.get(message.id) as
      { name: string; base64?: string } | undefined
    const said: Said = file
      ? { to, file: { name: file.name, base64: file.base64 ?? '' } }
      : { to, text: message.text() ?? '' }
    this.said.push(said)
    this.onSaid(said)
  }

  private emitted(say: () => void): string {
    let id = ''
    const note = ({ messageId }: { messageId: string }) => void (id = messageId)
    this.puppet.once('message', note)
    say()
    return id
  }

  private fileOf(name: string, base64: string): object {
    return fileBoxes().fromBase64(base64, name)
  }
}

interface FileBoxes {
  fromBase64(base64: string, name: string): object
}

/** The one the mock itself depends on: a box of another copy is none to it. */
function fileBoxes(): FileBoxes {
  const ofMock = createRequire(createRequire(import.meta.url).resolve('wechaty-puppet-mock'))
  return (ofMock('file-box') as { FileBox: FileBoxes }).FileBox
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** npm run simulate -- wechaty */
export async function simulate(): Promise<void> {
  const simulator = new WechatySimulator()
  await simulator.listen()
  console.log('在控制台新增“个人微信”账号,填写 · enter in the console:')
  for (const [name, value] of Object.entries(simulator.settings))
    console.log(`  ${name.padEnd(14)}${String(value)}`)
  console.log(
    '输入 login 登录,其他每行是游客的一条消息 · `login` signs in, any other line is said by a tourist',
  )
  simulator.onSaid = ({ text, file }) => console.log(`← ${text ?? `[${file!.name}]`}`)
  simulator.scan('https://login.weixin.qq.com/l/simulated')
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === 'login') simulator.login()
    else if (line.trim()) simulator.say('李雷', line.trim())
  }
  await simulator.close()
}
