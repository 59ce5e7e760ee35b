import { normalPhone } from '../domain/phone-number.ts'
import type { Contacts } from './contacts.ts'
import { IdentityModel } from './model.ts'

/**
 * Is what was filed theirs? It was filed by the same person, as far as we know by now; or they have proven the
 * telephone number that was left with it. A number they merely say, or call from, proves nothing.
 */
export async function isTheirs(
  contacts: Pick<Contacts, 'get'>,
  contactId: string,
  filed: { contactId: string; phone?: unknown },
): Promise<boolean> {
  const [asker, filer] = await Promise.all([contacts.get(contactId), contacts.get(filed.contactId)])
  if (!asker) return false
  if (asker._id === filer?._id) return true
  const value = typeof filed.phone === 'string' ? normalPhone(filed.phone) : undefined
  if (!value) return false
  const proven = { contactId: asker._id, kind: 'phone', value, assurance: 'proven' } as const
  return (await IdentityModel.exists(proven)) !== null
}
