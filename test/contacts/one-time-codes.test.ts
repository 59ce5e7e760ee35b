import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { Identities } from '../../gateway/contacts/identities.ts'
import { IdentityModel, MergeModel, OneTimeCodeModel } from '../../gateway/contacts/model.ts'
import { OneTimeCodes } from '../../gateway/contacts/one-time-codes.ts'
import { fail } from '../../gateway/errors.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

const MINUTE = 60_000

describe('a telephone number proven by a code', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let nowMs = Date.UTC(2026, 10, 21)
  const now = () => nowMs
  const bus = createBus((_topic, error) => {
    throw error
  })
  const contacts = new Contacts({ bus, now })
  const identities = new Identities(now, contacts)
  bus.subscribe('contact', ({ contactId }) => identities.forget(contactId))
  const sent: { phone: string; code: string; lang: string }[] = []
  let network: 'works' | 'none' | 'down' = 'works'
  const codes = new OneTimeCodes({
    ...{ contacts, identities, now },
    secret: 'secret',
    async send(phone, code, lang) {
      if (network === 'none') fail('NO_SMS_ACCOUNT')
      if (network === 'down') fail('CODE_NOT_SENT')
      sent.push({ phone, code, lang })
    },
  })

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(() => {
    // whatever was counted before is over
    nowMs += 2 * 86_400_000
    network = 'works'
    sent.length = 0
  })

  let visitors = 0
  const visitor = async () =>
    (
      await identities.resolve({
        kind: 'webVisitor',
        scope: 'web',
        value: `visitor-${++visitors}`,
        assurance: 'observed',
      })
    ).contactId
  let numbers = 13_900_000_000
  const number = () => String(++numbers)
  const lang = 'zh-CN'
  const ask = (contactId: string, phone: string) => codes.request(contactId, phone, { lang })
  const verify = (contactId: string, phone: string, code: string) =>
    codes.verify(contactId, phone, code, 'flow')
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const owner = async (phone: string) =>
    IdentityModel.findOne({ kind: 'phone', value: `+86${phone}` }).lean()

  it('the right code makes it an address of this contact', async () => {
    const [a, phone] = [await visitor(), number()]
    const asked = await codes.request(a, phone, { lang: 'en' })
    expect(asked).to.include({ phone: `+86${phone}`, againAtMs: nowMs + MINUTE })
    expect(sent[0]).to.include({ phone: `+86${phone}`, lang: 'en' })
    expect(sent[0]!.code).to.match(/^\d{6}$/)
    // as people paste it
    const code = `${sent[0]!.code.slice(0, 3)} ${sent[0]!.code.slice(3)} `
    expect(await verify(a, ` 0086-${phone}`, code)).to.include({ state: 'proven', contactId: a })
    expect(await owner(phone)).to.include({ contactId: a, assurance: 'proven' })
    expect((await contacts.get(a))!.phone, 'where none was known').to.equal(`+86${phone}`)
    // the next call from there is theirs
    const call = { kind: 'phone', scope: '', value: `+86${phone}`, assurance: 'observed' } as const
    expect((await identities.resolve(call)).contactId).to.equal(a)
    expect((await owner(phone))!.assurance, 'never lowered').to.equal('proven')
  })

  it('the code itself is stored nowhere', async () => {
    const [a, phone] = [await visitor(), number()]
    await ask(a, phone)
    const row = await OneTimeCodeModel.findOne({ contactId: a }).lean()
    expect(JSON.stringify(row)).to.not.contain(sent[0]!.code)
    expect(row!.hash).to.match(/^[0-9a-f]{64}$/)
  })

  it('five wrong tries, and the right one no longer counts', async () => {
    const [a, phone] = [await visitor(), number()]
    await ask(a, phone)
    const { code } = sent[0]!
    // side by side: each is counted
    const tries = await Promise.all([1, 2, 3, 4].map(() => verify(a, phone, wrong(code))))
    expect(tries.map((each) => 'triesLeft' in each && each.triesLeft).sort()).to.deep.equal([
      1, 2, 3, 4,
    ])
    expect(await verify(a, phone, wrong(code))).to.deep.equal({ state: 'tooMany' })
    expect(await verify(a, phone, code)).to.deep.equal({ state: 'tooMany' })
    nowMs += MINUTE
    await ask(a, phone)
    expect(await verify(a, phone, sent[1]!.code)).to.include({ state: 'proven' })
  })

  it('a code is good for five minutes, and only the newest', async () => {
    const [a, phone] = [await visitor(), number()]
    expect(await verify(a, phone, '123456')).to.deep.equal({ state: 'expired' })
    await ask(a, phone)
    nowMs += 5 * MINUTE
    expect(await verify(a, phone, sent[0]!.code)).to.deep.equal({ state: 'expired' })
    await ask(a, phone)
    nowMs += MINUTE
    await ask(a, phone)
    if (sent[1]!.code !== sent[2]!.code)
      expect(await verify(a, phone, sent[1]!.code)).to.include({ state: 'wrong' })
    expect(await verify(a, phone, sent[2]!.code)).to.include({ state: 'proven' })
  })

  it('somebody else cannot use it', async () => {
    const [a, b, phone] = [await visitor(), await visitor(), number()]
    await ask(a, phone)
    expect(await verify(b, phone, sent[0]!.code)).to.deep.equal({ state: 'expired' })
  })

  it('one a minute, five an hour, ten a day, for a number and for a contact', async () => {
    const [a, b, phone] = [await visitor(), await visitor(), number()]
    await ask(a, phone)
    expect(await codeOf(ask(a, phone))).to.equal('CODE_TOO_OFTEN')
    expect(await codeOf(ask(b, phone)), 'whoever asks').to.equal('CODE_TOO_OFTEN')
    expect(await codeOf(ask(a, number())), 'whichever number').to.equal('CODE_TOO_OFTEN')
    for (let i = 0; i < 4; i++) {
      nowMs += MINUTE
      await ask(a, phone)
    }
    nowMs += MINUTE
    expect(await codeOf(ask(b, phone))).to.equal('CODE_TOO_OFTEN')
    nowMs += 60 * MINUTE
    for (let i = 0; i < 5; i++) {
      await ask(a, phone)
      nowMs += MINUTE
    }
    nowMs += 60 * MINUTE
    expect(await codeOf(ask(a, phone))).to.equal('CODE_TOO_OFTEN')
    expect(sent).to.have.length(10)
  })

  it('asked for twice at the same moment, one is sent', async () => {
    const [a, phone] = [await visitor(), number()]
    const results = await Promise.all([codeOf(ask(a, phone)), codeOf(ask(a, phone))])
    expect(results.sort()).to.deep.equal(['CODE_TOO_OFTEN', 'done'])
    expect(sent).to.have.length(1)
  })

  it('a turn that is repeated after a crash sends nothing again and may verify again', async () => {
    const [a, phone] = [await visitor(), number()]
    await codes.request(a, phone, { lang, key: 'c1:main:prove:1' })
    await codes.request(a, phone, { lang, key: 'c1:main:prove:1' })
    expect(sent).to.have.length(1)
    expect(await verify(a, phone, sent[0]!.code)).to.include({ state: 'proven' })
    expect(await verify(a, phone, sent[0]!.code)).to.include({ state: 'proven' })
  })

  it('cut off before the network took it, it is sent when asked for again', async () => {
    const [a, phone] = [await visitor(), number()]
    network = 'down'
    const again = () => codes.request(a, phone, { lang, key: 'c2:main:prove:1' })
    expect(await codeOf(again())).to.equal('CODE_NOT_SENT')
    expect(await verify(a, phone, '000000')).to.deep.equal({ state: 'expired' })
    network = 'works'
    await again()
    expect(await verify(a, phone, sent[0]!.code)).to.include({ state: 'proven' })
  })

  it('without an SMS account it says so, and nothing is counted', async () => {
    const [a, phone] = [await visitor(), number()]
    network = 'none'
    expect(await codeOf(ask(a, phone))).to.equal('NO_SMS_ACCOUNT')
    network = 'works'
    await ask(a, phone)
    expect(sent).to.have.length(1)
  })

  it('only where text messages can arrive', async () => {
    const a = await visitor()
    for (const none of ['029-87210000', '12301', '110', 'anonymous', '', '4008001234'])
      expect(await codeOf(ask(a, none)), none).to.equal('BAD_MOBILE')
    await ask(a, '+44 7700 900000')
    expect(sent[0]!.phone).to.equal('+447700900000')
  })

  it('two contacts that prove the same number are one, the older one stays', async () => {
    const [a, phone] = [await visitor(), number()]
    nowMs += MINUTE
    const b = await visitor()
    await ask(b, phone)
    await verify(b, phone, sent[0]!.code)
    nowMs += MINUTE
    await ask(a, phone)
    expect(await verify(a, phone, sent[1]!.code)).to.include({ state: 'proven', contactId: a })
    expect((await contacts.get(b))!._id).to.equal(a)
    expect(await MergeModel.findOne({ winnerId: a, loserId: b }).lean()).to.include({
      rule: 'provenPhone',
      by: 'system',
    })
    // the code that was asked for before the merge is good for who they are now
    expect(await verify(b, phone, sent[1]!.code)).to.include({ contactId: a })
  })
})
