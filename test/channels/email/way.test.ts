import { expect } from 'chai'
import { dovecotMissing } from '../../simulators/dovecot.ts'
import { EmailSimulator, HOTLINE, plainMail } from '../../simulators/email.ts'
import { ChannelScene } from '../scene.ts'
import { describeWhere } from '../../harness/needs.ts'

const LI = 'Li Wei <LiWei@Example.com>'

describeWhere(
  dovecotMissing(),
  'a tourist writes mail, from the first question to the survey',
  function () {
    this.timeout(60_000)
    const mails = new EmailSimulator()
    let scene: ChannelScene

    before(async () => {
      scene = await ChannelScene.open()
      await mails.listen()
      await scene.addAccount({
        id: 'mail',
        kind: 'email',
        settings: { ...mails.settings(), signatureZh: '12301 旅游热线\n全天服务' },
      })
      await scene.until(
        async () => (await scene.account('mail')).health?.state === 'ok',
        'the mailbox to be watched',
      )
    })
    after(async () => {
      await mails.close()
      await scene.close()
    })

    it('the test button signs in to both servers', async () => {
      expect(await scene.check('mail')).to.include({ ok: true })
    })

    it('asks, is handed to an agent, and rates, in one thread', async () => {
      await mails.deliver(plainMail({ from: LI, subject: '兵马俑门票多少钱', text: '' }))
      const first = await mails.receives(/一百二十|120/)
      expect(first.to).to.deep.equal(['liwei@example.com'])
      expect(first.from).to.equal(HOTLINE)
      expect(first.mail.subject).to.equal('Re: 兵马俑门票多少钱')
      expect(first.mail.text).to.include('-- \n12301 旅游热线')
      const headers = new Map(first.mail.headers.map(({ key, value }) => [key, value]))
      expect(headers.get('auto-submitted')).to.equal('auto-replied')

      let before = mails.sent.length
      const reply = (text: string) =>
        mails.deliver(
          plainMail({
            from: LI,
            subject: '回复:兵马俑门票多少钱',
            headers: [`In-Reply-To: ${mails.sent.at(-1)!.mail.messageId}`],
            text: `${text}\n\n在 2026年11月22日,12301 旅游热线 <${HOTLINE}> 写道:\n> 门票 120 元`,
          }),
        )
      await reply('转人工')
      const { card } = await scene.lin.accept()
      expect(card.channel).to.equal('email')
      await scene.lin.say(card.id, '您好,我是林小雨。')
      const answer = await mails.receives(/我是林小雨/, before)
      expect(answer.mail.headers.some(({ key }) => key === 'auto-submitted')).to.equal(false)
      expect(answer.mail.inReplyTo).to.be.a('string')
      await reply('太好了')
      await scene.lin.hears(/太好了/)
      before = mails.sent.length
      await scene.lin.do({ do: 'finish', conversationId: card.id })
      await mails.receives(/请评价/, before)
      before = mails.sent.length
      await reply('5')
      await mails.receives(/还有什么想|再见|感谢/, before)

      expect(new Set(mails.sent.flatMap(({ to }) => to))).to.deep.equal(
        new Set(['liwei@example.com']),
      )
      expect(mails.complaints).to.deep.equal([])
      // a voice that is slow to start says nothing of mail
      expect(
        scene.errors.filter(({ err }) => !/espeak|TTS/.test(err?.message ?? '')),
      ).to.deep.equal([])
    })
  },
)
