/** From the bytes of a mail to what the intake stores, or to the reason why it is left out. */
import { createHash } from 'node:crypto'
import type { ProviderContext } from '../provider.ts'
import type { EmailAccount, EmailSettings } from './account.ts'
import { authResults } from './auth-results.ts'
import type { AutomaticKind } from './automatic-mail.ts'
import { automaticKind } from './automatic-mail.ts'
import { readBounce } from './bounce.ts'
import { langOf } from './lang-of.ts'
import { mailParts } from './mail-parts.ts'
import { baseSubject, threadKeyOf, threadOf, withMail } from './mail-thread.ts'
import type { RawMail } from './mailbox.ts'
import type { OwnIds } from './own-ids.ts'
import type { Mail } from './read-mail.ts'
import { HEAD_BYTES, readMail } from './read-mail.ts'
import type { SenderThreads } from './sender-threads.ts'
import { wordsOf } from './words.ts'

export type LeftOut = AutomaticKind | 'noSender' | 'unreadable'

/** What was taken and left out since the account was set up, for the operator. */
export type MailFigures = Partial<Record<LeftOut | 'taken', number>>

export class IncomingMail {
  private readonly context: ProviderContext<EmailSettings>
  private readonly threads: SenderThreads

  constructor(context: ProviderContext<EmailSettings>, threads: SenderThreads) {
    this.context = context
    this.threads = threads
  }

  /** @throws where it could not be stored, so that the same mail comes again */
  async take(account: EmailAccount, ids: OwnIds, raw: RawMail): Promise<void> {
    try {
      const leftOut = await this.receive(account, ids, raw)
      await this.count(account.id, leftOut ?? 'taken')
    } catch (error) {
      this.context.onError(error, { accountId: account.id })
      throw Object.assign(new Error('The mail could not be stored', { cause: error }), {
        code: 'NOT_STORED',
      })
    }
  }

  private async receive(
    account: EmailAccount,
    ids: OwnIds,
    raw: RawMail,
  ): Promise<LeftOut | undefined> {
    const found = await read(raw.source)
    if (!found) return 'unreadable'
    const { mail, headOnly } = found
    const automatic = automaticKind(mail, (address) => ids.isOurs(address))
    if (automatic === 'bounce') await this.report(account, ids, mail)
    if (automatic) return automatic
    if (!mail.from) return 'noSender'
    const { address, name } = mail.from
    const known = await this.threads.of(account.id, address)
    const threadId = threadOf(mail, known, ids)
    const before = known.find(({ id }) => id === threadId)
    const words = wordsOf(account.lang)
    const { authServer } = account.settings
    const dedupeKey = dedupeKeyOf(mail, raw.source)
    const parts = await mailParts(
      mail,
      {
        // of this account: files of all accounts lie together
        dedupeKey: `${account.id}|${dedupeKey}`,
        showSubject: before?.subject.toLowerCase() !== baseSubject(mail.subject).toLowerCase(),
        auth: authResults(mail.headers.get('authentication-results') ?? [], authServer),
        headOnly,
        ...(raw.source.length < raw.bytes && { cutFromBytes: raw.bytes }),
      },
      this.context.files,
      words,
    )
    // before it is stored: the bot may answer in the same moment, and must know what it answers
    await this.threads.keep(
      account.id,
      address,
      withMail(known, threadId, mail, this.context.now()),
    )
    const [first] = parts
    await this.context.receive({
      accountId: account.id,
      channel: 'email',
      threadKey: threadKeyOf(address, threadId),
      dedupeKey,
      // whoever can write mail can write any sender into it
      identity: { kind: 'email', scope: '', value: address, assurance: 'observed' },
      ...(name && { displayName: name }),
      lang: langOf(first?.type === 'text' ? first.text : '', account.lang),
      kind: 'message',
      parts,
    })
    return undefined
  }

  /** Mail of ours that did not arrive. */
  private async report(account: EmailAccount, ids: OwnIds, mail: Mail): Promise<void> {
    const bounce = readBounce(mail, ids)
    if (!bounce || bounce.action === 'delayed') return
    await this.context.delivered({
      accountId: account.id,
      providerId: bounce.id,
      state: bounce.action,
      ...(bounce.action === 'failed' && { code: bounce.code }),
    })
  }

  private async count(accountId: string, what: LeftOut | 'taken'): Promise<void> {
    const figures = (await this.context.state.get<MailFigures>(accountId, 'figures')) ?? {}
    await this.context.state.set(accountId, 'figures', {
      ...figures,
      [what]: (figures[what] ?? 0) + 1,
    })
  }
}

/** What is built beyond reason is read by its head alone; @returns undefined where even that cannot be */
async function read(source: Buffer): Promise<{ mail: Mail; headOnly: boolean } | undefined> {
  for (const headOnly of [false, true]) {
    try {
      return { mail: await readMail(headOnly ? headOf(source) : source), headOnly }
    } catch {
      // the parser refuses it at every try
    }
  }
  return undefined
}

function headOf(source: Buffer): Buffer {
  const end = source.indexOf('\r\n\r\n')
  const head = source
    .subarray(0, Math.min(end < 0 ? HEAD_BYTES : end, HEAD_BYTES))
    .toString('latin1')
  // without its structure there is nothing nested in it
  return Buffer.from(`${head.replace(/^content-type:/im, 'X-Was-Content-Type:')}\r\n\r\n`, 'latin1')
}

/** The same mail delivered twice, or met again after uids began anew. Programs exist that reuse a Message-ID. */
function dedupeKeyOf({ id, from, date }: Mail, source: Buffer): string {
  const hash = createHash('sha256')
  if (id) hash.update(`${id}|${from?.address}|${date}`)
  else hash.update(source)
  return `mail:${hash.digest('hex').slice(0, 40)}`
}
