/**
 * Watches one mailbox: IDLE announces new mail, a timer looks anyway (five appends gave one announcement,
 * facts/channels.md §1.7), and what comes is handed on in the order of its uids. The place reached is moved only
 * after a mail was taken. Every node may watch; one at a time reads.
 */
import type { ImapFlow } from 'imapflow'
import { doublingWaitMs } from '../doubling-wait.ts'
import type { AccountState } from '../provider.ts'
import type { EmailAccount } from './account.ts'
import { imapClient } from './imap-client.ts'
import { refusedSignIn } from './line-health.ts'
import { HEAD_BYTES, MAX_MAIL_BYTES } from './read-mail.ts'

export interface MailCursor {
  /** a new one means that uids begin anew, RFC 3501 §2.3.1.1 */
  uidValidity: string
  lastUid: number
  /** when a mail was last taken */
  atMs: number
}

/** A mail, or its beginning where it is too large. */
export interface RawMail {
  source: Buffer
  bytes: number
}

export interface MailboxOptions {
  account: EmailAccount
  state: AccountState
  /** resolves when it is stored, or needs no storing; rejects when it must come again */
  take: (mail: RawMail) => Promise<void>
  onOk: () => void
  onFault: (error: unknown) => void
  now: () => number
  /** the first wait after a lost connection; doubled up to a minute */
  retryMs?: number
}

const LEASE_MS = 60_000
/** As many as surely fit into the lease, then others get their turn. */
const BATCH = 20
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000
/** Servers lock accounts out that try a wrong password all the time. */
const SIGN_IN_AGAIN_MS = 5 * 60_000
const DAY_MS = 86_400_000

export class Mailbox {
  private readonly options: MailboxOptions
  private client: ImapFlow | undefined
  private stopping = false
  private running: Promise<void> | undefined
  private wake = () => {}
  private announced = false

  constructor(options: MailboxOptions) {
    this.options = options
  }

  start(): void {
    this.running ??= this.run()
  }

  /** Resolves when the mail under way was taken and nothing is connected any more. */
  async stop(): Promise<void> {
    this.stopping = true
    this.wake()
    await this.running
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      try {
        await this.session(() => (failures = 0))
      } catch (error) {
        if (this.stopping) return
        this.options.onFault(error)
        const first = this.options.retryMs ?? FIRST_RETRY_MS
        const waitMs = doublingWaitMs(first, failures++, LAST_RETRY_MS)
        await this.rest(refusedSignIn(error) ? SIGN_IN_AGAIN_MS : waitMs)
      }
    }
  }

  private async session(onScanned: () => void): Promise<void> {
    const { settings } = this.options.account
    const client = await imapClient(settings)
    this.client = client
    client.on('exists', () => this.announce())
    client.on('close', () => this.wake())
    try {
      await client.connect()
      await client.mailboxOpen(settings.folder)
      while (!this.stopping) {
        this.announced = false
        while ((await this.scan(client)) && !this.stopping);
        onScanned()
        this.options.onOk()
        if (!client.usable) throw closed()
        if (!this.announced) await this.rest(settings.pollSeconds * 1000)
        if (!client.usable) throw closed()
      }
      await client.logout().catch(() => undefined)
    } finally {
      client.close()
      this.client = undefined
    }
  }

  private announce(): void {
    this.announced = true
    this.wake()
  }

  private async rest(ms: number): Promise<void> {
    if (this.stopping) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.client && !this.client.usable && this.client.isClosed) this.wake()
    })
    this.wake = () => {}
  }

  /** @returns is there more? */
  private scan(client: ImapFlow): Promise<boolean> {
    const { account, state, take } = this.options
    return state.exclusively(account.id, 'imap', LEASE_MS, async () => {
      // outside IDLE a session learns of new mail by asking for something, facts/channels.md §1.7
      await client.noop()
      let cursor = await this.cursor(client)
      const range = `${cursor.lastUid + 1}:*`
      const listed = await client.fetchAll(range, { uid: true, size: true }, { uid: true })
      // `n:*` names the last mail even where its uid is below n
      const fresh = listed.filter(({ uid }) => uid > cursor.lastUid).sort((a, b) => a.uid - b.uid)
      for (const { uid, size = 0 } of fresh.slice(0, BATCH)) {
        if (this.stopping) return false
        const source = await fetchSource(client, uid, size)
        // expunged meanwhile: nothing to take
        if (source) await take({ source, bytes: size })
        cursor = { ...cursor, lastUid: uid, atMs: this.options.now() }
        await state.set(account.id, 'cursor', cursor)
        if (source && account.settings.markSeen)
          await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true, silent: true })
      }
      return fresh.length > BATCH
    })
  }

  /** Where to go on; where uids begin anew, from a day before the last mail: known ones are recognised. */
  private async cursor(client: ImapFlow): Promise<MailCursor> {
    const { account, state, now } = this.options
    const mailbox = client.mailbox
    if (!mailbox) throw closed()
    const uidValidity = String(mailbox.uidValidity)
    const before = await state.get<MailCursor>(account.id, 'cursor')
    if (before?.uidValidity === uidValidity) return before
    const sinceMs = before
      ? before.atMs - DAY_MS
      : account.settings.startWith === 'lastDay'
        ? now() - DAY_MS
        : undefined
    const last = mailbox.uidNext - 1
    const found =
      sinceMs !== undefined && (await client.search({ since: new Date(sinceMs) }, { uid: true }))
    const first = found && found.length ? Math.min(...found) : last + 1
    const cursor = { uidValidity, lastUid: first - 1, atMs: before?.atMs ?? now() }
    await state.set(account.id, 'cursor', cursor)
    return cursor
  }
}

async function fetchSource(
  client: ImapFlow,
  uid: number,
  size: number,
): Promise<Buffer | undefined> {
  const source = size > MAX_MAIL_BYTES ? { maxLength: HEAD_BYTES } : true
  const found = await client.fetchOne(String(uid), { source }, { uid: true })
  return found ? found.source : undefined
}

const closed = (): Error =>
  Object.assign(new Error('The mail server closed the connection'), { code: 'CLOSED' })
