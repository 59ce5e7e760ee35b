import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { SessionModel, StaffModel } from '../../gateway/staff/model.ts'
import { hashPassword, oneTimePassword, verifyPassword } from '../../gateway/staff/password.ts'
import { Staff } from '../../gateway/staff/staff.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('the staff', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let staff: Staff
  // in a future year: sessions expire in the store by the real clock too
  let nowMs = Date.UTC(2100, 10, 21)

  before(async () => {
    store = await openTemporaryStore()
    const bus = createBus((_topic, error) => {
      throw error
    })
    staff = new Staff({ bus, now: () => nowMs })
  })
  after(() => store.close())
  beforeEach(async () => {
    await Promise.all([StaffModel.deleteMany({}), SessionModel.deleteMany({})])
  })

  async function member(userName: string, role: 'administrator' | 'agent') {
    const { id, oneTimePassword: password } = await staff.create({
      userName,
      displayName: userName,
      role,
    })
    return { id, userName, password }
  }

  async function codeOf(promise: Promise<unknown>): Promise<string> {
    return promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  }

  const administrators = () => StaffModel.countDocuments({ role: 'administrator', disabled: false })

  it('keeps its last administrator: neither demoted nor disabled', async () => {
    const { id } = await member('root', 'administrator')
    await member('lin', 'agent')
    expect(await codeOf(staff.update(id, 1, { role: 'agent' }))).to.equal('LAST_ADMINISTRATOR')
    expect(await codeOf(staff.update(id, 1, { disabled: true }))).to.equal('LAST_ADMINISTRATOR')
    expect(await codeOf(staff.update(id, 1, { displayName: 'Root' }))).to.equal('done')
    const second = await member('second', 'administrator')
    expect(await codeOf(staff.update(id, 2, { role: 'agent' }))).to.equal('done')
    expect(await codeOf(staff.update(second.id, 1, { disabled: true }))).to.equal(
      'LAST_ADMINISTRATOR',
    )
    expect(await administrators()).to.equal(1)
  })

  it('keeps one when two administrators demote each other at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      await StaffModel.deleteMany({})
      const [a, b] = [await bare('a'), await bare('b')]
      const outcomes = await Promise.all([
        codeOf(staff.update(a, 1, { role: 'agent' })),
        codeOf(staff.update(b, 1, { disabled: true })),
      ])
      expect(await administrators(), outcomes.join()).to.be.at.least(1)
      for (const outcome of outcomes) expect(outcome).to.be.oneOf(['done', 'LAST_ADMINISTRATOR'])
    }
  })

  /** Without the work of hashing a password. */
  async function bare(id: string): Promise<string> {
    await StaffModel.create({
      _id: id,
      userName: id,
      displayName: id,
      role: 'administrator',
      skills: {},
      queueIds: [],
      capacity: { chat: 3 },
      lang: 'en',
      disabled: false,
      mustChangePassword: false,
      passwordHash: 'scrypt$none',
      version: 1,
      createdAt: new Date(nowMs),
    })
    return id
  }

  it('a change based on an older version is refused, and a name is given once', async () => {
    const { id } = await member('lin', 'agent')
    await staff.update(id, 1, { displayName: 'Lin' })
    expect(await codeOf(staff.update(id, 1, { displayName: 'Old' }))).to.equal('CONFLICT')
    expect(await codeOf(staff.update('nobody', 1, {}))).to.equal('NOT_FOUND')
    expect(await codeOf(member('lin', 'agent'))).to.equal('DUPLICATE')
  })

  it('a reset signs the member out everywhere and gives a password that must be changed', async () => {
    const lin = await member('lin', 'agent')
    const sessions = await Promise.all([1, 2].map(() => staff.signIn(lin.userName, lin.password)))
    for (const { token } of sessions) expect((await staff.bySession(token))!._id).to.equal(lin.id)
    const { oneTimePassword: fresh } = await staff.resetPassword(lin.id)
    for (const { token } of sessions) expect(await staff.bySession(token)).to.equal(undefined)
    expect(await codeOf(staff.signIn(lin.userName, lin.password))).to.equal('BAD_CREDENTIALS')
    const { member: again } = await staff.signIn(lin.userName, fresh)
    expect(again.mustChangePassword).to.equal(true)
    expect(await codeOf(staff.resetPassword('nobody'))).to.equal('NOT_FOUND')
  })

  it('a sign-in under way during a reset is not left signed in', async () => {
    const lin = await member('lin', 'agent')
    const signingIn = staff.signIn(lin.userName, lin.password).catch(() => undefined)
    const reset = staff.resetPassword(lin.id)
    const [signedIn] = await Promise.all([signingIn, reset])
    expect(signedIn && (await staff.bySession(signedIn.token))).to.equal(undefined)
    expect(await SessionModel.countDocuments()).to.equal(0)
  })

  it('a changed password keeps this browser signed in and no other', async () => {
    const lin = await member('lin', 'agent')
    const here = await staff.signIn(lin.userName, lin.password)
    const there = await staff.signIn(lin.userName, lin.password)
    const change = (current: string, next: string) =>
      codeOf(staff.changePassword(here.member, current, next, here.token))
    expect(await change('wrong', 'long enough 1')).to.equal('BAD_CREDENTIALS')
    expect(await change(lin.password, 'short')).to.equal('WEAK_PASSWORD')
    expect(await change(lin.password, lin.password)).to.equal('WEAK_PASSWORD')
    expect(await change(lin.password, 'long enough 1')).to.equal('done')
    expect((await staff.bySession(here.token))!.mustChangePassword).to.equal(false)
    expect(await staff.bySession(there.token)).to.equal(undefined)
  })

  it('a session ends at sign-out, after twelve hours, and when its member is disabled', async () => {
    const lin = await member('lin', 'agent')
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map(() => staff.signIn(lin.userName, lin.password)),
    )
    await staff.signOut(first!.token)
    expect(await staff.bySession(first!.token)).to.equal(undefined)
    expect(await staff.bySession(second!.token)).not.to.equal(undefined)
    nowMs += 12 * 3_600_000 + 1
    expect(await staff.bySession(second!.token)).to.equal(undefined)
    nowMs -= 12 * 3_600_000 + 1
    await staff.update(lin.id, 1, { disabled: true })
    expect(await staff.bySession(third!.token)).to.equal(undefined)
    expect(await codeOf(staff.signIn(lin.userName, lin.password))).to.equal('BAD_CREDENTIALS')
  })

  it('only a digest of the token is stored, and the digest opens nothing', async () => {
    const lin = await member('lin', 'agent')
    const { token } = await staff.signIn(lin.userName, lin.password)
    const [stored] = await SessionModel.find().lean()
    expect(JSON.stringify(stored)).not.to.contain(token)
    expect(await staff.bySession(stored!._id)).to.equal(undefined)
    expect(JSON.stringify(await StaffModel.find().lean())).not.to.contain(lin.password)
  })

  it('an unknown name costs as much time as a wrong password', async () => {
    const lin = await member('lin', 'agent')
    const timeOf = async (userName: string) => {
      const times: number[] = []
      for (let i = 0; i < 3; i++) {
        const beganMs = performance.now()
        expect(await codeOf(staff.signIn(userName, 'wrong'))).to.equal('BAD_CREDENTIALS')
        times.push(performance.now() - beganMs)
      }
      return Math.min(...times)
    }
    // the first unknown name makes the decoy
    await codeOf(staff.signIn('warm-up', 'wrong'))
    const ratio = (await timeOf('nobody')) / (await timeOf(lin.userName))
    expect(ratio).to.be.within(0.5, 2)
  })
})

describe('a password', () => {
  it('is hashed with a salt of its own and told apart from every other', async () => {
    const [one, two] = await Promise.all([
      hashPassword('密码 with space'),
      hashPassword('密码 with space'),
    ])
    expect(one).not.to.equal(two)
    expect(await verifyPassword('密码 with space', one)).to.equal(true)
    // full-width letters typed with a Chinese input method are the same letters
    expect(await verifyPassword('密码 ｗｉｔｈ space', one)).to.equal(true)
    expect(await verifyPassword('密码 with spacE', one)).to.equal(false)
    for (const stored of ['', 'plain', 'bcrypt$1$2$3$4$5', 'scrypt$32768$8$3$$'])
      expect(await verifyPassword('x', stored), stored).to.equal(false)
  })

  it('for one time has no letters that look alike', () => {
    const made = Array.from({ length: 200 }, oneTimePassword)
    expect(new Set(made).size).to.equal(200)
    for (const password of made)
      expect(password).to.match(/^([a-hjkmnp-z2-9]{5}-){2}[a-hjkmnp-z2-9]{5}$/)
  })
})
