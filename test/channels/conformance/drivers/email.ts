import { dovecotMissing } from '../../../simulators/dovecot.ts'
import { EmailSimulator, plainMail } from '../../../simulators/email.ts'
import { Gate } from '../../../harness/gate.ts'
import type { ChannelScene } from '../../scene.ts'
import type { Driver } from '../driver.ts'

const FROM = 'Conformance <conformance@example.com>'

export function emailDriver(): Driver {
  const mails = new EmailSimulator()
  let scene: ChannelScene
  let begun = false
  const mail = (text: string) => {
    const last = mails.sent.at(-1)?.mail.messageId
    const headers = last ? [`In-Reply-To: ${last}`, `References: ${last}`] : []
    return plainMail({ from: FROM, subject: '来信', headers, text })
  }
  return {
    kind: 'email',
    missing: dovecotMissing(),
    async open(opened) {
      scene = opened
      this.gate = await Gate.before(await mails.listen())
      const settings = { ...mails.settings(), smtpPort: this.gate.port }
      await scene.addAccount({ id: 'email', kind: 'email', settings })
      await scene.until(
        async () => (await scene.account('email')).health?.state === 'ok',
        'the mailbox to be watched',
      )
    },
    close: () => mails.close(),
    async say(text) {
      // what answers none of ours would be another matter
      if (begun) await scene.until(() => mails.sent.length > 0, 'a mail of ours')
      begun = true
      const source = mail(text)
      await mails.deliver(source)
      return () => mails.deliver(source)
    },
    shown: () => mails.sent.map(({ mail: { text } }) => text ?? ''),
    // beyond the 30 MB that are read
    oversize: () => mails.deliver(mail('x'.repeat(70).concat('\n').repeat(450_000))),
    forge: { not: 'anybody may write mail: what the server found is in email/read-mail.test.ts' },
    providerDown: 'gate',
    expireToken: { not: 'a password, which does not expire by itself' },
    closeWindow: { not: 'a mail may be answered at any time' },
    useUpQuota: { refuse: () => void mails.misdeeds.push({ at: 'rcpt', code: 452 }), then: 'sent' },
    answerLost: 'gate',
  }
}
