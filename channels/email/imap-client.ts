/** A connection to the mailbox, signed in and with its folder open. */
import type { ImapFlow } from 'imapflow'
import type { EmailSettings } from './account.ts'
import { MAX_MAIL_BYTES } from './read-mail.ts'

/** IDLE begins after this much rest; our own commands of one scan follow each other faster. */
const REST_BEFORE_IDLE_MS = 300
/** Servers may end IDLE after 30 minutes (RFC 2177), routers forget a silent connection much sooner. */
const IDLE_AGAIN_MS = 4 * 60_000

export async function imapClient(settings: EmailSettings, verifyOnly = false): Promise<ImapFlow> {
  // loaded by who has a mailbox: it takes longer than all other channels together
  const { ImapFlow: Client } = await import('imapflow')
  const { imapHost, imapPort, imapSecurity, imapUser, imapPassword, caCertificate } = settings
  const client = new Client({
    host: imapHost,
    port: imapPort,
    secure: imapSecurity === 'tls',
    ...(imapSecurity !== 'tls' && { doSTARTTLS: imapSecurity === 'starttls' }),
    auth: { user: imapUser || settings.fromAddress, pass: imapPassword },
    // 163, 126 and yeah.net refuse a client that does not say who it is (RFC 2971)
    clientInfo: { name: 'Yilu', vendor: 'Yilu', version: '1' },
    logger: false,
    verifyOnly,
    autoIdleDelay: REST_BEFORE_IDLE_MS,
    maxIdleTime: IDLE_AGAIN_MS,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 5 * 60_000,
    maxLineLength: 1024 * 1024,
    maxLiteralSize: MAX_MAIL_BYTES + 1024,
    maxResponseSize: MAX_MAIL_BYTES + 2 * 1024 * 1024,
    ...(caCertificate && { tls: { ca: caCertificate } }),
  })
  // whoever awaits a command gets the error there; one that nobody awaits must not end the process
  client.on('error', () => undefined)
  return client
}
