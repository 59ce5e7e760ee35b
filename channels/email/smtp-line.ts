/** The way out: connections to one SMTP server, kept for a while, each with one mail at a time. */
import { Readable } from 'node:stream'
import type { SMTPConnectionAuth } from 'nodemailer/lib/smtp-connection'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SendResult } from '../channel.ts'
import type { EmailSettings } from './account.ts'
import type { SmtpError } from './send-outcome.ts'
import { sendOutcome } from './send-outcome.ts'

/** Servers wait five minutes at least (RFC 5321 §4.5.3.2.7), many less. */
const IDLE_MS = 20_000
const KEPT = 3
const MAILS_PER_CONNECTION = 50
/** The connection is gone, not the mail refused. */
const LOST = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', '421'])

export interface SmtpTimeouts {
  connectMs: number
  /** of silence while something is under way */
  silenceMs: number
}
const TIMEOUTS: SmtpTimeouts = { connectMs: 20_000, silenceMs: 60_000 }

export interface Envelope {
  from: string
  to: string
}

interface Kept {
  connection: SMTPConnection
  sent: number
  timer?: NodeJS.Timeout
  dead: boolean
}

export class SmtpLine {
  private readonly settings: EmailSettings
  private readonly timeouts: SmtpTimeouts
  private readonly idle: Kept[] = []
  private closed = false

  constructor(settings: EmailSettings, timeouts: SmtpTimeouts = TIMEOUTS) {
    this.settings = settings
    this.timeouts = timeouts
  }

  /** @param raw the mail as it goes over the wire */
  async send(envelope: Envelope, raw: Buffer): Promise<SendResult> {
    const used = this.take()
    if (used) {
      const result = await this.over(used, envelope, raw)
      // an idle connection may have been closed under our hands: then a new one is asked
      if (result.ok || result.retry !== 'later' || !LOST.has(result.code)) return result
    }
    let fresh: Kept
    try {
      fresh = await this.connect()
    } catch (error) {
      return sendOutcome(error as SmtpError, false)
    }
    return this.over(fresh, envelope, raw)
  }

  /** Connects and signs in. @throws as nodemailer does */
  async check(): Promise<void> {
    this.keep(await this.connect())
  }

  /** What is under way ends first: cut off, nobody would know whether it arrived. */
  close(): void {
    this.closed = true
    for (const kept of [...this.idle]) this.drop(kept)
  }

  private over(kept: Kept, envelope: Envelope, raw: Buffer): Promise<SendResult> {
    // of its own, so that it tells whether all of it went out: before the final dot no server takes a mail
    const body = Readable.from(inPieces(raw), { objectMode: false })
    return new Promise((resolve) => {
      kept.connection.send(envelope, body, (error) => {
        if (error) {
          const result = sendOutcome(error as SmtpError, body.readableEnded)
          const refused = result.retry !== 'unknown' && /^[45]\d\d$/.test(result.code)
          if (!refused || LOST.has(result.code)) this.drop(kept)
          else kept.connection.reset((failed) => (failed ? this.drop(kept) : this.keep(kept)))
          resolve(result)
          return
        }
        kept.sent++
        this.keep(kept)
        resolve({ ok: true, state: 'sent' })
      })
    })
  }

  private take(): Kept | undefined {
    const kept = this.idle.pop()
    if (kept) clearTimeout(kept.timer)
    return kept
  }

  private keep(kept: Kept): void {
    if (this.closed || kept.dead || this.idle.length >= KEPT || kept.sent >= MAILS_PER_CONNECTION) {
      this.drop(kept)
      return
    }
    kept.timer = setTimeout(() => this.drop(kept), IDLE_MS).unref()
    this.idle.push(kept)
  }

  private drop(kept: Kept): void {
    kept.dead = true
    clearTimeout(kept.timer)
    const at = this.idle.indexOf(kept)
    if (at >= 0) this.idle.splice(at, 1)
    kept.connection.quit()
    kept.connection.close()
  }

  private connect(): Promise<Kept> {
    const { smtpHost, smtpPort, smtpSecurity, caCertificate } = this.settings
    const connection = new SMTPConnection({
      host: smtpHost,
      port: smtpPort,
      secure: smtpSecurity === 'tls',
      requireTLS: smtpSecurity === 'starttls',
      ignoreTLS: smtpSecurity === 'none',
      name: this.settings.fromAddress.split('@')[1],
      connectionTimeout: this.timeouts.connectMs,
      greetingTimeout: this.timeouts.connectMs,
      dnsTimeout: this.timeouts.connectMs,
      socketTimeout: this.timeouts.silenceMs,
      maxResponseSize: 64 * 1024,
      // tests and machines of one office stand on the loopback interface
      allowInternalNetworkInterfaces: true,
      ...(caCertificate && { tls: { ca: caCertificate } }),
    })
    const kept: Kept = { connection, sent: 0, dead: false }
    return new Promise((resolve, reject) => {
      const failed = (error: Error) => {
        reject(error)
        this.drop(kept)
      }
      connection.once('end', () =>
        failed(Object.assign(new Error('The server hung up'), { code: 'ECONNECTION' })),
      )
      connection.on('error', failed)
      connection.connect((error) => {
        if (error) return failed(error)
        const auth = authOf(this.settings)
        if (!auth || !connection.allowsAuth) return resolve(kept)
        connection.login(auth, (refused) => (refused ? failed(refused) : resolve(kept)))
      })
    })
  }
}

function authOf(settings: EmailSettings): SMTPConnectionAuth | undefined {
  const user = settings.smtpUser || settings.imapUser || settings.fromAddress
  const pass = settings.smtpPassword ?? settings.imapPassword
  return { user, pass, credentials: { user, pass } }
}

function* inPieces(raw: Buffer): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += 64 * 1024) yield raw.subarray(at, at + 64 * 1024)
}
