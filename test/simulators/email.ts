/**
 * The mail provider: an SMTP server that takes what we send, checks it against the standards and refuses or dies
 * when told to; and a Dovecot with our mailbox, into which tourists write.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import type { Email } from 'postal-mime'
import PostalMime from 'postal-mime'
import type { SMTPServerSession } from 'smtp-server'
import { SMTPServer } from 'smtp-server'
import type { Certificate } from './dovecot.ts'
import { Dovecot, DOVECOT_PASSWORD, dovecotMissing, selfSigned } from './dovecot.ts'

export const HOTLINE = 'hotline@example.org'

export interface SentMail {
  from: string
  to: string[]
  mail: Email
  raw: string
}

/** What the server does with the next mail, once. */
export type Misdeed =
  /** refuses at RCPT TO, or after the mail itself, with this reply */
  | { at: 'rcpt' | 'data'; code: number }
  /** the connection breaks: in the middle of the mail, or when it was all taken and not yet answered */
  | { at: 'half' | 'taken' }

export class EmailSimulator {
  readonly sent: SentMail[] = []
  /** what breaks a rule of RFC 5322 or of our own; a test expects none */
  readonly complaints: string[] = []
  readonly dovecot = new Dovecot()
  readonly misdeeds: Misdeed[] = []
  connections = 0
  private smtp: SMTPServer | undefined
  private port = 0
  private certificate: Certificate | undefined
  private onMail: (() => void)[] = []
  private readonly password: string

  constructor({ password = DOVECOT_PASSWORD }: { password?: string } = {}) {
    this.password = password
  }

  /** @param tls both servers speak TLS with a certificate of their own making */
  async listen({ tls = false, imap = true } = {}): Promise<string> {
    if (tls) this.certificate = selfSigned()
    if (imap) await this.dovecot.start(this.certificate)
    await this.listenSmtp()
    return `smtp://127.0.0.1:${this.port}`
  }

  /** Again on the same port, after `closeSmtp`. */
  async listenSmtp(): Promise<void> {
    const smtp = new SMTPServer({
      authMethods: ['PLAIN', 'LOGIN'],
      allowInsecureAuth: true,
      disabledCommands: this.certificate ? [] : ['STARTTLS'],
      secure: this.certificate !== undefined,
      ...this.certificate,
      size: 40 * 1024 * 1024,
      logger: false,
      disableReverseLookup: true,
      onConnect: (_session, callback) => {
        this.connections++
        callback()
      },
      onAuth: ({ username, password }, _session, callback) =>
        username === HOTLINE && password === this.password
          ? callback(null, { user: username })
          : callback(Object.assign(new Error('Invalid credentials'), { responseCode: 535 })),
      onRcptTo: (_address, _session, callback) => {
        const [next] = this.misdeeds
        if (next?.at !== 'rcpt') return callback()
        this.misdeeds.shift()
        callback(Object.assign(new Error('No such mailbox'), { responseCode: next.code }))
      },
      onData: (stream, session, callback) => {
        const [next] = this.misdeeds
        if (next?.at === 'half') {
          this.misdeeds.shift()
          stream.once('data', () => this.breakOff())
          return
        }
        void buffer(stream).then(async (raw) => {
          if (next) this.misdeeds.shift()
          if (next?.at === 'data')
            return callback(Object.assign(new Error('Refused'), { responseCode: next.code }))
          await this.take(raw, session)
          if (next?.at === 'taken') return this.breakOff()
          callback()
        })
      },
    })
    smtp.on('error', () => undefined)
    this.smtp = smtp
    smtp.listen(this.port, '127.0.0.1')
    await once(smtp.server, 'listening')
    this.port = (smtp.server.address() as AddressInfo).port
  }

  /** The connections that are open break, as when a machine dies. */
  breakOff(): void {
    for (const connection of this.smtp!.connections)
      (connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
  }

  async closeSmtp(): Promise<void> {
    this.breakOff()
    await new Promise<void>((resolve) => this.smtp!.close(() => resolve()))
  }

  async close(): Promise<void> {
    await this.closeSmtp()
    await this.dovecot.close()
  }

  /** What to enter in the console. */
  settings(): Record<string, unknown> {
    const security = this.certificate ? 'tls' : 'none'
    return {
      fromAddress: HOTLINE,
      fromName: '12301 旅游热线',
      imapHost: '127.0.0.1',
      imapPort: this.dovecot.port || 993,
      imapSecurity: security,
      imapPassword: DOVECOT_PASSWORD,
      smtpHost: '127.0.0.1',
      smtpPort: this.port,
      smtpSecurity: security,
      ...(this.certificate && { caCertificate: this.certificate.cert }),
    }
  }

  /** A mail arrives in our mailbox. Lines may end as they like. */
  deliver(source: string | Buffer): Promise<void> {
    const raw = typeof source === 'string' ? source.replace(/\r?\n/g, '\r\n') : source
    return this.dovecot.deliver('hotline', raw)
  }

  /** The first mail we sent from the `from`-th on that fits; waits for it. */
  async receives(expected: RegExp, from = 0, patienceMs = 15_000): Promise<SentMail> {
    for (const deadline = Date.now() + patienceMs; ;) {
      const found = this.sent.slice(from).find(({ mail }) => expected.test(mail.text ?? ''))
      if (found) return found
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new Error(`waited in vain for a mail with ${expected}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.onMail.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  private async take(raw: Buffer, { envelope }: SMTPServerSession): Promise<void> {
    const mail = await PostalMime.parse(raw)
    const to = envelope.rcptTo.map(({ address }) => address)
    this.sent.push({
      from: envelope.mailFrom ? envelope.mailFrom.address : '',
      to,
      mail,
      raw: raw.toString('latin1'),
    })
    this.complaints.push(...complaintsOf(mail, raw.toString('latin1')))
    for (const wake of this.onMail.splice(0)) wake()
  }
}

/** RFC 5322 §2.1.1 and §3.6, RFC 2047 §5. */
function complaintsOf(mail: Email, raw: string): string[] {
  const header = raw.slice(0, raw.indexOf('\r\n\r\n'))
  const lines = raw.split('\r\n')
  return [
    ...(['date', 'from', 'to', 'message-id', 'subject', 'mime-version'] as const)
      .filter((name) => mail.headers.filter(({ key }) => key === name).length !== 1)
      .map((name) => `${name} stands not once`),
    ...(/^<[^<>\s@]+@[^<>\s@]+>$/.test(mail.messageId ?? '') ? [] : ['no Message-ID']),
    // eslint-disable-next-line no-control-regex -- all that a header may hold
    ...(/[^\x00-\x7f]/.test(header) ? ['a header with 8-bit characters'] : []),
    ...(lines.some((line) => line.length > 998) ? ['a line beyond 998 characters'] : []),
    ...(/(?:^|[^\r])\n/.test(raw) ? ['a bare line feed'] : []),
  ]
}

/** A mail as simple programs write it. */
export function plainMail({
  from = 'Li Wei <liwei@example.com>',
  to = HOTLINE,
  subject = '',
  id = `${Math.random().toString(36).slice(2)}@example.com`,
  headers = [],
  text,
}: {
  from?: string
  to?: string
  subject?: string
  id?: string
  headers?: string[]
  text: string
}): string {
  const encoded = subject && `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${encoded}`,
    `Message-ID: <${id}>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    ...headers,
    '',
    text,
    '',
  ].join('\n')
}

/** `npm run simulate -- email`: prints what we send; each line typed is a mail of a tourist. */
export async function simulate(): Promise<void> {
  const missing = dovecotMissing()
  const simulator = new EmailSimulator()
  await simulator.listen({ imap: !missing })
  console.log('控制台填写 / Enter in the console (Settings › Channels › E-mail):')
  console.log(JSON.stringify(simulator.settings(), null, 2))
  if (missing) console.log(`没有收信服务器 / No IMAP side: ${missing}`)
  else console.log('输入一行即来一封信 / Each line is a mail; "Subject | text" sets its subject.')
  const ids: string[] = []
  let shown = 0
  setInterval(() => {
    for (const { mail, to } of simulator.sent.slice(shown)) {
      shown++
      ids.push(mail.messageId!)
      console.log(`\n→ ${to.join(', ')}\n${mail.subject}\n${mail.text}`)
    }
    for (const complaint of simulator.complaints.splice(0)) console.log(`! ${complaint}`)
  }, 200)
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim() || missing) continue
    const [first, ...rest] = line.split('|')
    const answered = ids.at(-1)
    await simulator.deliver(
      rest.length
        ? plainMail({ subject: first!.trim(), text: rest.join('|').trim() })
        : plainMail({
            subject: answered ? 'Re: 来信' : '来信',
            text: line,
            headers: answered ? [`In-Reply-To: ${answered}`, `References: ${answered}`] : [],
          }),
    )
  }
  await simulator.close()
  process.exit(0)
}
