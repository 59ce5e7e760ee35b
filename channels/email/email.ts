/** E-mail as a channel: mailboxes watched by IMAP, answers sent by SMTP, threads told apart per sender. */
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import type { Route } from '../../gateway/api/route.ts'
import type { Message } from '../../gateway/domain/message.ts'
import { fail } from '../../gateway/errors.ts'
import type { BegunThread, FirstWord, OutgoingMessage, SendResult } from '../channel.ts'
import type { CheckResult, ProviderChannel, ProviderContext } from '../provider.ts'
import type { EmailAccount, EmailSettings } from './account.ts'
import { AnswerGuard } from './answer-guard.ts'
import { compose } from './compose.ts'
import { figuresRoute } from './figures-route.ts'
import type { IncomingMail } from './incoming-mail.ts'
import { codeOf, LineHealth, refusedSignIn } from './line-health.ts'
import { ofThreadKey, ownThreadId, threadKeyOf, withOwn } from './mail-thread.ts'
import type { Mailbox } from './mailbox.ts'
import { OwnIds } from './own-ids.ts'
import { SenderThreads } from './sender-threads.ts'
import type { SmtpLine } from './smtp-line.ts'
import { wordsOf } from './words.ts'

interface Line {
  account: EmailAccount
  mailbox: Mailbox
  smtp: SmtpLine
  ids: OwnIds
}

/** Loaded by who has a mailbox: they are a tenth of the whole program. */
const mailLibraries = () => import('./libraries.ts')

/** As many characters as a person reads in one mail. */
const MAX_TEXT_CHARS = 20_000

export class EmailChannel implements ProviderChannel {
  readonly channel = 'email' as const
  readonly capabilities = {
    // a Message-ID of our own is no promise that a server drops the second mail
    idempotentSend: false,
    typing: false,
    quickReplies: false,
    cards: false,
    media: true,
    maxTextChars: MAX_TEXT_CHARS,
    // what a flow says in one turn is one mail
    joins: true,
    writesFirst: true,
  }
  readonly routes: Route[]
  private readonly context: ProviderContext<EmailSettings>
  private readonly health: LineHealth
  private readonly guard = new AnswerGuard()
  private readonly threads: SenderThreads
  private incoming: IncomingMail | undefined
  private readonly retryMs: number | undefined
  private readonly lines = new Map<string, Promise<Line>>()
  private changing = Promise.resolve()
  private started = false

  /** @param retryMs the first wait after a lost connection to a mailbox */
  constructor(context: ProviderContext<EmailSettings>, { retryMs }: { retryMs?: number } = {}) {
    this.context = context
    this.retryMs = retryMs
    this.health = new LineHealth(context.health)
    this.threads = new SenderThreads(context.state)
    this.routes = [figuresRoute(context)]
  }

  async start(): Promise<void> {
    this.started = true
    this.context.accounts.onChange(() => this.follow())
    this.follow()
    await this.changing
  }

  async stop(): Promise<void> {
    this.started = false
    await this.changing
    await Promise.all([...this.lines.keys()].map((id) => this.end(id)))
  }

  async beginThread({ accountId, to, subject, conversationId }: FirstWord): Promise<BegunThread> {
    const account = this.context.accounts.get(accountId) ?? fail('ACCOUNT_DISABLED')
    const address = to.toLowerCase()
    const { ids } = await this.lineOf(account)
    // mail to ourselves would come back as that of a tourist
    if (!z.email().max(254).safeParse(address).success || ids.isOurs(address)) fail('BAD_EMAIL')
    const about = subject || fail('SUBJECT_NEEDED')
    const threadId = ownThreadId(conversationId, address, about)
    const known = await this.threads.of(accountId, address)
    const threads = withOwn(known, threadId, about, this.context.now())
    await this.threads.keep(accountId, address, threads)
    return {
      threadKey: threadKeyOf(address, threadId),
      identity: { kind: 'email', scope: '', value: address, assurance: 'observed' },
    }
  }

  async send({ message, leg }: OutgoingMessage): Promise<SendResult> {
    const { accounts, now } = this.context
    const account = accounts.get(leg.accountId)
    // it comes when the account is switched on again, or expires
    if (!account) return { ok: false, retry: 'later', code: 'ACCOUNT_DISABLED' }
    const { smtp, ids } = await this.lineOf(account)
    const { address, threadId } = ofThreadKey(leg.threadKey)
    const automatic = message.author.kind !== 'agent'
    const guarded = `${account.id} ${address}`
    if (automatic && !this.guard.mayAnswer(guarded, account.settings.answersPerHour, now()))
      return { ok: false, retry: 'never', code: 'TOO_MANY_ANSWERS' }
    const thread = await this.threads.find(account.id, address, threadId)
    const to = thread?.replyTo ?? address
    const id = ids.mint({ messageId: message._id, threadId })
    const raw = await this.write(account, message, {
      to,
      id,
      thread,
      replyTo: ids.address(threadId),
    })
    const result = await smtp.send({ from: account.settings.fromAddress, to }, raw)
    if (result.ok || result.retry === 'unknown') {
      if (automatic) this.guard.answered(guarded, now())
    }
    // the next one goes below it, whether they have answered or not
    if (result.ok && thread && !thread.lastId)
      await this.threads
        .began(account.id, address, threadId, id)
        .catch((error: unknown) => this.context.onError(error))
    if (result.ok) this.health.ok(account.id, 'smtp')
    // a refused mail says nothing about the line
    else if (result.retry !== 'never' && !/^[45]\d\d$/.test(result.code))
      this.health.fault(account.id, 'smtp', result)
    return result.ok || result.retry === 'unknown'
      ? { ...result, providerIds: [id.slice(1, -1)] }
      : result
  }

  async check(accountId: string): Promise<CheckResult> {
    const account = this.context.accounts.get(accountId)
    if (!account) return { ok: false, code: 'ACCOUNT_DISABLED' }
    const imap = await tried('IMAP', () => readsFolder(account.settings))
    if (!imap.ok) return imap
    const { SmtpLine } = await mailLibraries()
    const smtp = new SmtpLine(account.settings)
    const sends = await tried('SMTP', () => smtp.check())
    smtp.close()
    return sends
  }

  private async write(
    account: EmailAccount,
    message: Message,
    about: {
      to: string
      id: string
      thread: Awaited<ReturnType<SenderThreads['find']>>
      replyTo: string
    },
  ): Promise<Buffer> {
    const { settings } = account
    const lang = message.lang ?? account.lang
    const signature = lang.startsWith('zh') ? settings.signatureZh : settings.signatureEn
    const mail = compose(message, about.thread, signature, wordsOf(lang))
    const attachments = await Promise.all(mail.blobs.map((blob) => this.attachment(blob)))
    const automatic = message.author.kind !== 'agent'
    const { MailComposer } = await mailLibraries()
    return new MailComposer({
      from: { name: settings.fromName || account.name, address: settings.fromAddress },
      to: about.to,
      ...(settings.plusAddressing && { replyTo: about.replyTo }),
      subject: mail.subject,
      messageId: about.id,
      ...(mail.inReplyTo && { inReplyTo: mail.inReplyTo }),
      ...(mail.references.length && { references: mail.references }),
      date: new Date(this.context.now()),
      text: mail.text,
      html: mail.html,
      attachments: attachments.flat(),
      headers: {
        // RFC 3834 §5, and what Exchange heeds: their machines do not answer ours
        ...(automatic && {
          'Auto-Submitted': 'auto-replied',
          'X-Auto-Response-Suppress': 'All',
        }),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build()
  }

  private async attachment(blob: { blobId: string; name: string; mime: string }) {
    const file = await this.context.files.find(blob.blobId)
    if (!file) return []
    const content = await buffer(this.context.files.read(file))
    return [{ filename: blob.name, content, contentType: blob.mime }]
  }

  /** Accounts came, went or changed: their lines follow, one change after the other. */
  private follow(): void {
    this.changing = this.changing
      .then(() => this.align())
      .catch((error: unknown) => this.context.onError(error))
  }

  private async align(): Promise<void> {
    for (const [id, line] of this.lines) {
      const now = this.context.accounts.get(id)
      if (JSON.stringify(now) !== JSON.stringify((await line).account)) await this.end(id)
    }
    if (!this.started) return
    for (const account of this.context.accounts.all()) {
      // a message that waited may have opened its line before
      const { mailbox } = await this.lineOf(account)
      mailbox.start()
    }
  }

  private lineOf(account: EmailAccount): Promise<Line> {
    let line = this.lines.get(account.id)
    if (!line) {
      line = this.open(account)
      this.lines.set(account.id, line)
      line.catch(() => this.lines.delete(account.id))
    }
    return line
  }

  private async open(account: EmailAccount): Promise<Line> {
    const { state, now } = this.context
    const { IncomingMail, Mailbox, SmtpLine } = await mailLibraries()
    const incoming = (this.incoming ??= new IncomingMail(this.context, this.threads))
    const ids = new OwnIds(await this.secretOf(account.id), account.settings.fromAddress)
    const mailbox = new Mailbox({
      ...{ account, state, now },
      take: (mail) => incoming.take(account, ids, mail),
      onOk: () => this.health.ok(account.id, 'imap'),
      onFault: (error) => this.health.fault(account.id, 'imap', error),
      ...(this.retryMs !== undefined && { retryMs: this.retryMs }),
    })
    return { account, ids, mailbox, smtp: new SmtpLine(account.settings) }
  }

  private async end(accountId: string): Promise<void> {
    const line = await this.lines.get(accountId)
    this.lines.delete(accountId)
    this.health.forget(accountId)
    line?.smtp.close()
    await line?.mailbox.stop()
  }

  /** What our ids are signed with: made once, the same on all nodes. */
  private secretOf(accountId: string): Promise<string> {
    const { state } = this.context
    return state.exclusively(accountId, 'idSecret', 10_000, async () => {
      const known = await state.getSecret(accountId, 'idSecret')
      if (known) return known
      const made = randomBytes(32).toString('hex')
      await state.setSecret(accountId, 'idSecret', made)
      return made
    })
  }
}

async function readsFolder(settings: EmailSettings): Promise<void> {
  const { imapClient } = await mailLibraries()
  const client = await imapClient(settings)
  try {
    await client.connect()
    await client.mailboxOpen(settings.folder, { readOnly: true })
    await client.logout()
  } finally {
    client.close()
  }
}

async function tried(line: 'IMAP' | 'SMTP', work: () => Promise<void>): Promise<CheckResult> {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    const code = codeOf(error)
    if (refusedSignIn(error)) return { ok: false, code: 'PROVIDER_CREDENTIALS', detail: line }
    const refused = /^[45]\d\d$/.test(code) || (error as { responseStatus?: string }).responseStatus
    return {
      ok: false,
      code: refused ? 'PROVIDER_REFUSED' : 'PROVIDER_UNREACHABLE',
      detail: `${line} ${code}`,
    }
  }
}
