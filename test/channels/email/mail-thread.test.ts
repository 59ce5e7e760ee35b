import { expect } from 'chai'
import type { MailThread } from '../../../channels/email/mail-thread.ts'
import {
  baseSubject,
  ofThreadKey,
  threadKeyOf,
  threadOf,
  withMail,
} from '../../../channels/email/mail-thread.ts'
import { OwnIds } from '../../../channels/email/own-ids.ts'
import type { Mail } from '../../../channels/email/read-mail.ts'

const ids = new OwnIds('secret', 'hotline@example.org')
let count = 0
const mail = (fields: Partial<Mail> = {}): Mail => ({
  id: `<${++count}@example.com>`,
  from: { address: 'li@example.com', name: 'Li' },
  recipients: ['hotline@example.org'],
  references: [],
  inReplyTo: [],
  subject: 'Tickets',
  date: '',
  headers: new Map(),
  text: '',
  html: '',
  attachments: [],
  ...fields,
})

describe('which thread of its sender a mail belongs to', () => {
  const first = mail()
  const threadId = threadOf(first, [], ids)
  const known = withMail([], threadId, first, 1)
  const ours = ids.mint({ messageId: 'c'.repeat(32), threadId })

  it('a mail that answers nothing begins one', () => {
    expect(threadOf(mail(), known, ids)).to.not.equal(threadId)
  })

  it('an answer to ours, by In-Reply-To or References alone', () => {
    expect(threadOf(mail({ inReplyTo: [ours] }), [], ids)).to.equal(threadId)
    expect(threadOf(mail({ references: ['<x@y>', ours] }), [], ids)).to.equal(threadId)
  })

  it('an answer to their own mail, with References or without', () => {
    const id = first.id!
    expect(threadOf(mail({ inReplyTo: [id], references: [id] }), [], ids)).to.equal(threadId)
    const second = mail({ inReplyTo: [id], references: [id] })
    const then = withMail(known, threadId, second, 2)
    expect(threadOf(mail({ inReplyTo: [second.id!] }), then, ids)).to.equal(threadId)
  })

  it('a plus address, where all references are lost', () => {
    const recipients = [ids.address(threadId)]
    expect(threadOf(mail({ recipients }), [], ids)).to.equal(threadId)
    const forged = recipients[0]!.replace(/.@/, (char) => (char === '0@' ? '1@' : '0@'))
    expect(threadOf(mail({ recipients: [forged] }), [], ids)).to.not.equal(threadId)
  })

  it('the subject last, and only of an answer', () => {
    expect(threadOf(mail({ subject: 'RE: tickets' }), known, ids)).to.equal(threadId)
    expect(threadOf(mail({ subject: '答复: 回复:Tickets' }), known, ids)).to.equal(threadId)
    expect(threadOf(mail({ subject: 'Tickets' }), known, ids)).to.not.equal(threadId)
  })

  it('a forged id of ours leads nowhere', () => {
    const forged = ours.replace(threadId, 'f'.repeat(12))
    expect(ids.read(forged)).to.equal(undefined)
    expect(threadOf(mail({ inReplyTo: [forged] }), [], ids)).to.not.equal('f'.repeat(12))
  })

  it('is the sender’s own: the same references of another person are another thread', () => {
    expect(threadKeyOf('a@x', threadId)).to.not.equal(threadKeyOf('b@x', threadId))
    expect(ofThreadKey(threadKeyOf('odd#one@x', threadId))).to.deep.equal({
      address: 'odd#one@x',
      threadId,
    })
  })

  it('remembers as much as an answer takes, and no more', () => {
    let threads: MailThread[] = []
    for (let at = 0; at < 50; at++)
      threads = withMail(
        threads,
        `thread${at % 12}`,
        mail({ references: Array(50).fill('<r@x>') }),
        at,
      )
    expect(threads).to.have.length(8)
    expect(threads.at(-1)!.references.length).to.be.at.most(20)
    expect(JSON.stringify(threads).length).to.be.below(20_000)
  })

  it('subjects without the marks of answers', () => {
    expect(baseSubject('Re: RE[2]: 回复:Aw: 门票')).to.equal('门票')
    expect(baseSubject('Fwd: 门票')).to.equal('Fwd: 门票')
    expect(baseSubject('Reise nach Xi’an')).to.equal('Reise nach Xi’an')
  })
})
