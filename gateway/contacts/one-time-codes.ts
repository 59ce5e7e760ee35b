/** A number is proven by whoever can read out what was sent to it: six digits, by short message. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { normalPhone, takesTextMessages } from '../domain/phone-number.ts'
import { fail, YiluError } from '../errors.ts'
import { Lanes } from '../intake/lanes.ts'
import { newId } from '../store/id.ts'
import type { Contacts } from './contacts.ts'
import type { Identities } from './identities.ts'
import type { OneTimeCode } from './model.ts'
import { OneTimeCodeModel } from './model.ts'

const DIGITS = 6
const VALID_MS = 5 * 60_000
const MAX_ATTEMPTS = 5
/** Per number, so that nobody is pestered, and per contact. */
const limits = [
  { withinMs: 60_000, codes: 1 },
  { withinMs: 3_600_000, codes: 5 },
  { withinMs: 86_400_000, codes: 10 },
]
/** Of the whole house per hour: whoever has many visitors ask at once makes us pay for each of them. */
const MAX_PER_HOUR = 500

/** Sends the code to a number in E.164. @throws NO_SMS_ACCOUNT, CODE_NOT_SENT */
export type SendCode = (phone: string, code: string, lang: string) => Promise<void>

export interface RequestedCode {
  /** E.164 */
  phone: string
  expiresAtMs: number
  /** not before then can another one be had */
  againAtMs: number
}

/** wrong: try again; expired: also when nothing was sent; tooMany: only a new code helps */
export type Verified =
  | { state: 'proven'; phone: string; contactId: string; identityId: string }
  | { state: 'wrong'; triesLeft: number }
  | { state: 'expired' | 'tooMany' }

export interface OneTimeCodesOptions {
  contacts: Pick<Contacts, 'get' | 'idsMergedInto'>
  identities: Pick<Identities, 'prove'>
  send: SendCode
  secret: Buffer | string
  now: () => number
}

export class OneTimeCodes {
  private readonly lanes = new Lanes()
  private readonly options: OneTimeCodesOptions

  constructor(options: OneTimeCodesOptions) {
    this.options = options
  }

  /**
   * Sends a code to the number; the ones before no longer count. With the same `key` it is the same request: a
   * code that has been sent is not sent again.
   * @throws BAD_MOBILE; CODE_TOO_OFTEN, `live` in its details when the last one still counts; and whatever sending throws
   */
  async request(
    contactId: string,
    number: string,
    { lang, key = newId() }: { lang: string; key?: string },
  ): Promise<RequestedCode> {
    const phone = mobile(number)
    const before = await OneTimeCodeModel.findOne({ key }).lean<OneTimeCode>()
    if (before?.sentAt) return requested(before)
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
    // one at a time, so that what is counted is true
    const row = await this.lanes.run('', () =>
      this.store(before?._id, { contactId, phone, key }, code),
    )
    try {
      await this.options.send(phone, code, lang)
    } catch (error) {
      // what could not even be tried is not counted
      if (error instanceof YiluError && error.code === 'NO_SMS_ACCOUNT')
        await OneTimeCodeModel.deleteOne({ _id: row._id })
      throw error
    }
    const sentAt = new Date(this.options.now())
    await OneTimeCodeModel.updateOne({ _id: row._id }, { $set: { sentAt } })
    return requested(row)
  }

  /** @throws BAD_MOBILE */
  async verify(contactId: string, number: string, typed: string, by: string): Promise<Verified> {
    const phone = mobile(number)
    const nowMs = this.options.now()
    const { contacts } = this.options
    const contact = await contacts.get(contactId)
    // asked for before a merge, perhaps
    const ids = await contacts.idsMergedInto(contact?._id ?? contactId)
    const newest = await OneTimeCodeModel.findOne({
      contactId: { $in: ids },
      phone,
      sentAt: { $exists: true },
    })
      .sort({ at: -1, _id: -1 })
      .lean<OneTimeCode>()
    if (!newest || newest.expiresAt.getTime() <= nowMs) return { state: 'expired' }
    // counted before it is compared: tries side by side are tries too
    const row = await OneTimeCodeModel.findOneAndUpdate(
      { _id: newest._id, attempts: { $lt: MAX_ATTEMPTS } },
      { $inc: { attempts: 1 } },
      { returnDocument: 'after' },
    ).lean<OneTimeCode>()
    if (!row) return { state: 'tooMany' }
    const code = typed.normalize('NFKC').replace(/\s/g, '')
    if (!same(row.hash, this.hash(row._id, code))) {
      const triesLeft = MAX_ATTEMPTS - row.attempts
      return triesLeft > 0 ? { state: 'wrong', triesLeft } : { state: 'tooMany' }
    }
    // a turn that is repeated after a crash verifies the same code once more: nothing is lost by that
    await OneTimeCodeModel.updateOne({ _id: row._id }, { $set: { usedAt: new Date(nowMs) } })
    const address = { kind: 'phone', scope: '', value: phone } as const
    const proof = { _id: row._id, how: 'code', by } as const
    const known = await this.options.identities.prove(contactId, address, proof)
    return { state: 'proven', phone, ...known }
  }

  /** @param id of a request that was stored and, as far as we know, not sent */
  private async store(
    id: string | undefined,
    about: Pick<OneTimeCode, 'contactId' | 'phone' | 'key'>,
    code: string,
  ): Promise<OneTimeCode> {
    const nowMs = this.options.now()
    if (!id) await this.countUp(about.contactId, about.phone, nowMs)
    const _id = id ?? newId()
    const row: OneTimeCode = {
      ...about,
      _id,
      hash: this.hash(_id, code),
      attempts: 0,
      at: new Date(nowMs),
      expiresAt: new Date(nowMs + VALID_MS),
    }
    await OneTimeCodeModel.replaceOne({ _id }, row, { upsert: true })
    return row
  }

  private async countUp(contactId: string, phone: string, nowMs: number): Promise<void> {
    const since = (withinMs: number) => ({ at: { $gt: new Date(nowMs - withinMs) } })
    const dayMs = limits.at(-1)!.withinMs
    const recent = await OneTimeCodeModel.find({
      $or: [{ phone }, { contactId }],
      ...since(dayMs),
    }).lean<OneTimeCode[]>()
    const live = recent.some(
      (each) =>
        each.phone === phone &&
        each.contactId === contactId &&
        each.sentAt &&
        each.expiresAt.getTime() > nowMs,
    )
    for (const { withinMs, codes } of limits) {
      const late = recent.filter(({ at }) => nowMs - at.getTime() < withinMs)
      const ofPhone = late.filter((each) => each.phone === phone).length
      const ofContact = late.filter((each) => each.contactId === contactId).length
      if (Math.max(ofPhone, ofContact) >= codes) fail('CODE_TOO_OFTEN', { live })
    }
    if ((await OneTimeCodeModel.countDocuments(since(3_600_000))) >= MAX_PER_HOUR)
      fail('CODE_TOO_OFTEN')
  }

  private hash(id: string, code: string): string {
    return createHmac('sha256', this.options.secret)
      .update(`one-time code|${id}|${code}`)
      .digest('hex')
  }
}

function mobile(number: string): string {
  const phone = normalPhone(number)
  return phone && takesTextMessages(phone) ? phone : fail('BAD_MOBILE')
}

function requested({ phone, expiresAt, at }: OneTimeCode): RequestedCode {
  const againAtMs = at.getTime() + limits[0]!.withinMs
  return { phone, expiresAtMs: expiresAt.getTime(), againAtMs }
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
