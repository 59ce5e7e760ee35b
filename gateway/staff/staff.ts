/** Who works here: sign-in, sessions, and the rules for changing a member. */
import { createHash, randomBytes } from 'node:crypto'
import type { Bus } from '../bus/bus.ts'
import type { Role, StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { StaffSession } from './model.ts'
import { SessionModel, StaffModel } from './model.ts'
import { hashPassword, oneTimePassword, verifyPassword } from './password.ts'

const SESSION_MS = 12 * 3_600_000
const MIN_PASSWORD_CHARS = 10
const MAX_CACHED_SESSIONS = 2000
/** how long a session is trusted without asking the store */
const CACHE_MS = 5_000

export interface NewStaff {
  userName: string
  displayName: string
  role: Role
  skills?: Record<string, number>
  queueIds?: string[]
  chatCapacity?: number
  lang?: string
}

export class Staff {
  private readonly bus: Bus
  private readonly now: () => number
  private readonly sessions = new Map<
    string,
    { member: StaffMember; expiresAtMs: number; atMs: number }
  >()

  constructor(options: { bus: Bus; now: () => number }) {
    this.bus = options.bus
    this.now = options.now
    this.bus.subscribe('staff', () => this.sessions.clear())
  }

  /** @returns the token for the cookie; only its hash is stored */
  async signIn(
    userName: string,
    password: string,
  ): Promise<{ token: string; member: StaffMember }> {
    const member = await StaffModel.findOne({ userName }).lean<StaffMember>()
    // the same work whether the name exists or not, so that timing tells nothing
    const right = await verifyPassword(password, member?.passwordHash ?? (await decoyHash()))
    if (!member || !right || member.disabled) fail('BAD_CREDENTIALS')
    const token = randomBytes(32).toString('base64url')
    const nowMs = this.now()
    await SessionModel.create({
      _id: digest(token),
      staffId: member._id,
      createdAt: new Date(nowMs),
      expiresAt: new Date(nowMs + SESSION_MS),
    })
    // a reset while the password was being checked ended the sessions there were; this one is too late for it
    const still = await StaffModel.exists({
      _id: member._id,
      passwordHash: member.passwordHash,
      disabled: false,
    })
    if (!still) {
      await SessionModel.deleteOne({ _id: digest(token) })
      fail('BAD_CREDENTIALS')
    }
    return { token, member }
  }

  async signOut(token: string): Promise<void> {
    this.sessions.delete(token)
    const session = await SessionModel.findOneAndDelete({ _id: digest(token) }).lean<StaffSession>()
    if (session) this.bus.publish('staff', { staffId: session.staffId, signOut: false })
  }

  /** The member behind a cookie's token, or undefined when the session is over. */
  async bySession(token: string): Promise<StaffMember | undefined> {
    const nowMs = this.now()
    const cached = this.sessions.get(token)
    if (cached && nowMs - cached.atMs < CACHE_MS && cached.expiresAtMs > nowMs) return cached.member
    const session = await SessionModel.findById(digest(token)).lean<StaffSession>()
    if (!session || session.expiresAt.getTime() <= nowMs) return undefined
    const member = await StaffModel.findById(session.staffId).lean<StaffMember>()
    if (!member || member.disabled) return undefined
    if (this.sessions.size >= MAX_CACHED_SESSIONS) this.sessions.clear()
    this.sessions.set(token, { member, expiresAtMs: session.expiresAt.getTime(), atMs: nowMs })
    return member
  }

  async changePassword(
    member: StaffMember,
    current: string,
    next: string,
    token: string,
  ): Promise<void> {
    if (!(await verifyPassword(current, member.passwordHash))) fail('BAD_CREDENTIALS')
    if (next.length < MIN_PASSWORD_CHARS || next === member.userName || next === current)
      fail('WEAK_PASSWORD')
    await StaffModel.updateOne(
      { _id: member._id },
      {
        $set: { passwordHash: await hashPassword(next), mustChangePassword: false },
        $inc: { version: 1 },
      },
    )
    // whoever knew the old password is signed out; this browser stays
    await SessionModel.deleteMany({ staffId: member._id, _id: { $ne: digest(token) } })
    this.bus.publish('staff', { staffId: member._id, signOut: false })
  }

  async create(
    input: NewStaff,
    password = oneTimePassword(),
  ): Promise<{ id: string; oneTimePassword: string }> {
    const member: StaffMember = {
      _id: newId(),
      userName: input.userName,
      displayName: input.displayName,
      role: input.role,
      skills: input.skills ?? {},
      queueIds: input.queueIds ?? [],
      capacity: { chat: input.chatCapacity ?? 3 },
      lang: input.lang ?? 'zh-CN',
      disabled: false,
      mustChangePassword: true,
      passwordHash: await hashPassword(password),
      version: 1,
      createdAt: new Date(this.now()),
    }
    try {
      await StaffModel.create(member)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'userName' })
      throw error
    }
    this.bus.publish('staff', { staffId: member._id, signOut: false })
    return { id: member._id, oneTimePassword: password }
  }

  async update(
    id: string,
    version: number,
    fields: Partial<Omit<StaffMember, '_id' | 'userName' | 'passwordHash' | 'version'>>,
  ): Promise<StaffMember> {
    const before = (await StaffModel.findById(id).lean<StaffMember>()) ?? fail('NOT_FOUND')
    const losesPower =
      before.role === 'administrator' &&
      ((fields.role && fields.role !== 'administrator') || fields.disabled)
    if (losesPower && !(await this.hasOtherAdministrator(id))) fail('LAST_ADMINISTRATOR')
    const member = await StaffModel.findOneAndUpdate(
      { _id: id, version },
      { $set: fields, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean<StaffMember>()
    if (!member) fail('CONFLICT')
    // two who demote each other at once both saw the other one before; afterwards at least one sees nobody
    if (losesPower && !(await this.hasOtherAdministrator(id))) {
      const { role, disabled } = before
      await StaffModel.updateOne({ _id: id }, { $set: { role, disabled }, $inc: { version: 1 } })
      fail('LAST_ADMINISTRATOR')
    }
    const signOut = member.disabled || member.role !== before.role
    if (signOut) await SessionModel.deleteMany({ staffId: id })
    this.bus.publish('staff', { staffId: id, signOut })
    return member
  }

  async resetPassword(id: string): Promise<{ id: string; oneTimePassword: string }> {
    const password = oneTimePassword()
    const result = await StaffModel.updateOne(
      { _id: id },
      {
        $set: { passwordHash: await hashPassword(password), mustChangePassword: true },
        $inc: { version: 1 },
      },
    )
    if (!result.matchedCount) fail('NOT_FOUND')
    await SessionModel.deleteMany({ staffId: id })
    this.bus.publish('staff', { staffId: id, signOut: true })
    return { id, oneTimePassword: password }
  }

  private async hasOtherAdministrator(exceptId: string): Promise<boolean> {
    const other = await StaffModel.exists({
      role: 'administrator',
      disabled: false,
      _id: { $ne: exceptId },
    })
    return other !== null
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex')

let decoy: Promise<string> | undefined
const decoyHash = (): Promise<string> => (decoy ??= hashPassword(randomBytes(16).toString('hex')))
