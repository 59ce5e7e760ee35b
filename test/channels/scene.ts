/**
 * The whole product in the test's own process, from source, with accounts of providers that a simulator stands
 * behind. One at a time: the store's driver is shared by the process.
 */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mongoose from 'mongoose'
import { pino } from 'pino'
import type { AccountView, CheckView } from '../../gateway/accounts/schema.ts'
import { readConfig } from '../../gateway/config.ts'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { Message } from '../../gateway/domain/message.ts'
import { ConversationModel, MessageModel } from '../../gateway/intake/model.ts'
import type { Product } from '../../gateway/product.ts'
import { startProduct } from '../../gateway/product.ts'
import { openStore } from '../../gateway/store/connection.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

export interface NewAccount {
  id: string
  kind: string
  settings: Record<string, unknown>
  flowId?: string
  lang?: 'zh-CN' | 'en'
}

export class ChannelScene {
  readonly dataDir = mkdtempSync(path.join(tmpdir(), 'yilu-test-'))
  /** errors the product logged: a test that expects none says so */
  readonly errors: { msg: string; err?: { message: string; stack?: string } }[] = []
  product!: Product
  /** an administrator, signed in over REST */
  admin!: SimulatedAgent
  /** an agent of every queue; `lin` of the demo staff, ready to serve */
  lin!: SimulatedAgent
  private readonly env: Record<string, string>
  private passwords = new Map<string, string>()
  private port = '0'

  constructor(env: Record<string, string> = {}) {
    this.env = env
  }

  static open(env: Record<string, string> = {}): Promise<ChannelScene> {
    return new ChannelScene(env).start()
  }

  get url(): string {
    return this.product.url
  }

  async start(): Promise<this> {
    const config = readConfig({
      YILU_DATA: this.dataDir,
      YILU_PORT: this.port,
      YILU_SIP_PORT: '0',
      YILU_DEMO: '1',
      ...this.env,
    })
    const log = pino(
      { level: 'error' },
      { write: (line: string) => void this.errors.push(JSON.parse(line) as never) },
    )
    const store = await openStore({
      mongodbUri: process.env.MONGODB_URI,
      dataDir: this.dataDir,
      database: path.basename(this.dataDir),
    })
    this.product = await startProduct(config, store, log, 'test')
    this.port = new URL(this.product.url).port
    for (const { userName, password } of this.product.credentials)
      this.passwords.set(userName, password)
    this.admin = await new SimulatedAgent(this.url).signIn('admin', this.password('admin'))
    // the first sign-in changed it
    this.passwords.set('admin', this.password('admin').replace(/(-next)?$/, '-next'))
    await this.admin.openAllHours()
    this.lin = await new SimulatedAgent(this.url).signIn('lin', this.password('lin'))
    await this.lin.connect()
    await this.lin.ready()
    return this
  }

  /** Somebody else of the demo staff, signed in and connected. */
  async agent(userName: string): Promise<SimulatedAgent> {
    const agent = new SimulatedAgent(this.url)
    await agent.signIn(userName, this.password(userName))
    return agent.connect()
  }

  password(userName: string): string {
    return this.passwords.get(userName)!
  }

  /** A stop and a start on the same data, port and accounts. */
  async restart(): Promise<void> {
    this.lin.cut()
    await this.product.stop()
    await this.start()
  }

  async close(): Promise<void> {
    this.lin.cut()
    if (process.env.MONGODB_URI) await mongoose.connection.db!.dropDatabase()
    await this.product.stop()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  /** Sets an account up the way the console does. @returns it with its callback addresses */
  async addAccount({
    id,
    kind,
    settings,
    flowId = 'main',
    lang = 'zh-CN',
  }: NewAccount): Promise<AccountView> {
    const body = { id, kind, name: id, flowId, lang, enabled: true, settings }
    return this.answered(await this.admin.rest('POST', '/accounts', body))
  }

  async changeAccount(id: string, fields: object): Promise<AccountView> {
    const { version } = await this.account(id)
    return this.answered(await this.admin.rest('PATCH', `/accounts/${id}`, { ...fields, version }))
  }

  async account(id: string): Promise<AccountView> {
    const { items } = await this.admin.get<{ items: AccountView[] }>('/accounts')
    return items.find((account) => account.id === id)!
  }

  /** The console's test button. */
  async check(id: string): Promise<CheckView> {
    return this.answered(await this.admin.rest('POST', `/accounts/${id}/check`, {}))
  }

  /** The address a provider calls, on this server. */
  callback(kind: string, id: string, rest = ''): string {
    return `${this.url}/channels/${kind}/${id}${rest}`
  }

  /** The newest conversation of a thread. */
  async conversation(threadKey: string): Promise<Conversation | undefined> {
    const found = await ConversationModel.findOne({ 'legs.threadKey': threadKey })
      .sort({ openedAt: -1 })
      .lean<Conversation>()
    return found ?? undefined
  }

  /** All messages of a thread, over its conversations, oldest first. */
  async messages(threadKey: string): Promise<Message[]> {
    const conversations = await ConversationModel.find({ 'legs.threadKey': threadKey })
      .sort({ openedAt: 1 })
      .lean<Conversation[]>()
    const found: Message[] = []
    for (const { _id } of conversations)
      found.push(
        ...(await MessageModel.find({ conversationId: _id }).sort({ seq: 1 }).lean<Message[]>()),
      )
    return found
  }

  /** Waits until `ask` answers something true, and answers that. */
  async until<T>(
    ask: () => T | Promise<T>,
    what: string,
  ): Promise<Exclude<T, false | undefined | null | 0 | ''>> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      const answer = await ask()
      if (answer) return answer as never
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  private async answered<T>(response: Response): Promise<T> {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}
