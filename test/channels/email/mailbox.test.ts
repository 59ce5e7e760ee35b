import { expect } from 'chai'
import type { EmailSettings } from '../../../channels/email/account.ts'
import { emailKind } from '../../../channels/email/account.ts'
import { refusedSignIn } from '../../../channels/email/line-health.ts'
import type { RawMail } from '../../../channels/email/mailbox.ts'
import { Mailbox } from '../../../channels/email/mailbox.ts'
import { MAX_MAIL_BYTES } from '../../../channels/email/read-mail.ts'
import { dovecotMissing } from '../../simulators/dovecot.ts'
import { EmailSimulator, plainMail } from '../../simulators/email.ts'
import { MemoryState } from './memory-state.ts'
import { describeWhere } from '../../harness/needs.ts'

/** One node that watches the mailbox, and what it took. */
class Watcher {
  readonly taken: string[] = []
  readonly sizes: number[] = []
  readonly faults: unknown[] = []
  /** how many of the next mails cannot be stored */
  refuse = 0
  scans = 0
  private waiting: (() => void)[] = []
  private readonly mailbox: Mailbox

  constructor(settings: Record<string, unknown>, state: MemoryState) {
    const account = { id: 'mail', kind: 'email', name: 'mail', lang: 'en' }
    this.mailbox = new Mailbox({
      account: { ...account, settings: emailKind.settings.parse(settings) as EmailSettings },
      state,
      take: (mail) => this.take(mail),
      onOk: () => {
        this.scans++
        this.changed()
      },
      onFault: (error) => {
        this.faults.push(error)
        this.changed()
      },
      now: Date.now,
      retryMs: 20,
    })
  }

  start(): this {
    this.mailbox.start()
    return this
  }

  stop(): Promise<void> {
    return this.mailbox.stop()
  }

  async until(ready: () => boolean): Promise<void> {
    while (!ready()) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  private async take({ source, bytes }: RawMail): Promise<void> {
    await Promise.resolve()
    if (this.refuse > 0) {
      this.refuse--
      throw new Error('the store is down')
    }
    this.taken.push(/^Subject: =\?utf-8\?B\?(\S*)\?=/m.exec(source.toString('latin1'))?.[1] ?? '?')
    this.sizes.push(source.length, bytes)
    this.changed()
  }

  private changed(): void {
    for (const wake of this.waiting.splice(0)) wake()
  }
}

const named = (name: string) => Buffer.from(name).toString('base64')

describeWhere(dovecotMissing(), 'a mailbox at a real Dovecot', function () {
  this.timeout(30_000)
  let mails: EmailSimulator
  let state: MemoryState
  const watchers: Watcher[] = []
  const watch = (more: Record<string, unknown> = {}) => {
    const watcher = new Watcher({ ...mails.settings(), pollSeconds: 3600, ...more }, state)
    watchers.push(watcher)
    return watcher.start()
  }
  const deliver = (subject: string, text = 'hi') => mails.deliver(plainMail({ subject, text }))

  beforeEach(async () => {
    mails = new EmailSimulator()
    state = new MemoryState()
    await mails.listen()
  })
  afterEach(async () => {
    await Promise.all(watchers.splice(0).map((watcher) => watcher.stop()))
    await mails.close()
  })

  it('is read from now on, not from its beginning', async () => {
    await deliver('long ago')
    const watcher = watch()
    await watcher.until(() => watcher.scans > 0)
    await deliver('now')
    await watcher.until(() => watcher.taken.length > 0)
    expect(watcher.taken).to.deep.equal([named('now')])
  })

  it('or from the last day, where that is set', async () => {
    await deliver('this morning')
    const watcher = watch({ startWith: 'lastDay' })
    await watcher.until(() => watcher.taken.length > 0)
    expect(watcher.taken).to.deep.equal([named('this morning')])
  })

  it('many at once are all taken, once, in their order, though IDLE announces fewer', async () => {
    const watcher = watch()
    await watcher.until(() => watcher.scans > 0)
    const names = Array.from({ length: 45 }, (_, at) => `mail ${at}`)
    for (const name of names) await deliver(name)
    await watcher.until(() => watcher.taken.length >= names.length)
    expect(watcher.taken).to.deep.equal(names.map(named))
  })

  it('what cannot be stored comes again, before what is behind it', async () => {
    const watcher = watch()
    await watcher.until(() => watcher.scans > 0)
    watcher.refuse = 2
    await deliver('one')
    await watcher.until(() => watcher.faults.length === 2)
    await deliver('two')
    await watcher.until(() => watcher.taken.length >= 2)
    expect(watcher.taken).to.deep.equal([named('one'), named('two')])
  })

  it('what came while nobody watched is taken at the next start', async () => {
    const first = watch()
    await first.until(() => first.scans > 0)
    await first.stop()
    await deliver('meanwhile')
    const second = watch()
    await second.until(() => second.taken.length > 0)
    expect([first.taken, second.taken]).to.deep.equal([[], [named('meanwhile')]])
  })

  it('two nodes watch, and each mail is taken by one of them', async () => {
    const nodes = [watch(), watch()]
    for (const node of nodes) await node.until(() => node.scans > 0)
    const names = Array.from({ length: 30 }, (_, at) => `mail ${at}`)
    const all = () => nodes.flatMap(({ taken }) => taken)
    for (const name of names) await deliver(name)
    await Promise.race(nodes.map((node) => node.until(() => all().length >= names.length)))
    // every node has looked once more
    await Promise.all(nodes.map((node) => node.stop()))
    expect(all().toSorted()).to.deep.equal(names.map(named).toSorted())
  })

  it('the server goes and comes back', async () => {
    const watcher = watch()
    await watcher.until(() => watcher.scans > 0)
    await mails.dovecot.stop()
    await watcher.until(() => watcher.faults.length > 0)
    await deliver('in the dark')
    await mails.dovecot.start()
    await watcher.until(() => watcher.taken.length > 0)
    expect(watcher.taken).to.deep.equal([named('in the dark')])
  })

  it('uids begin anew: mail of the last day comes again, for the intake to recognise, and none is lost', async () => {
    const first = watch()
    await first.until(() => first.scans > 0)
    await deliver('before')
    await first.until(() => first.taken.length > 0)
    await first.stop()
    await mails.dovecot.forgetUids('hotline')
    await deliver('after')
    const second = watch()
    await second.until(() => second.taken.length >= 2)
    expect(second.taken).to.deep.equal([named('before'), named('after')])
  })

  it('of a mail beyond all bounds only the beginning is asked for', async () => {
    const watcher = watch()
    await watcher.until(() => watcher.scans > 0)
    await deliver('huge', `${'x'.repeat(76)}\n`.repeat(Math.ceil((MAX_MAIL_BYTES * 1.05) / 78)))
    await watcher.until(() => watcher.taken.length > 0)
    const [read, whole] = watcher.sizes
    expect(read).to.equal(256 * 1024)
    expect(whole).to.be.above(MAX_MAIL_BYTES)
  })

  it('a wrong password is a matter for a person', async () => {
    const watcher = watch({ imapPassword: 'wrong' })
    await watcher.until(() => watcher.faults.length > 0)
    expect(refusedSignIn(watcher.faults[0])).to.equal(true)
  })

  it('TLS: a private authority is trusted when it is configured, and not otherwise', async () => {
    await mails.close()
    mails = new EmailSimulator()
    await mails.listen({ tls: true })
    const refused = watch({ caCertificate: '' })
    await refused.until(() => refused.faults.length > 0)
    expect((refused.faults[0] as { code: string }).code).to.match(/SELF_SIGNED|DEPTH_ZERO/)
    const watcher = watch()
    await watcher.until(() => watcher.scans > 0)
    await deliver('sealed')
    await watcher.until(() => watcher.taken.length > 0)
    expect(watcher.taken).to.deep.equal([named('sealed')])
  })
})
