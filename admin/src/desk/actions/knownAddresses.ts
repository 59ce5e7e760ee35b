import type { ContactView } from '../../../../gateway/contacts/schema.ts'
import { normalPhone, takesTextMessages } from '../../../../gateway/domain/phone-number.ts'

const trust = ['proven', 'selfAsserted', 'observed']

/** Where a contact can be written to by SMS or e-mail, as far as we know: what is proven first. Pure. */
export function knownAddresses(
  { phone, email, identities }: Pick<ContactView, 'phone' | 'email' | 'identities'>,
  channel: 'sms' | 'email',
): string[] {
  const kind = channel === 'sms' ? 'phone' : 'email'
  const seen = identities
    .filter((each) => each.kind === kind)
    .toSorted((a, b) => trust.indexOf(a.assurance) - trust.indexOf(b.assurance))
  const proven = seen.filter(({ assurance }) => assurance === 'proven').length
  const noted = kind === 'phone' ? phone : email
  // what a colleague noted down counts more than what was only seen
  const all = seen.map(({ value }) => value).toSpliced(proven, 0, ...(noted ? [noted] : []))
  const usable =
    kind === 'email'
      ? all.map((each) => each.toLowerCase())
      : all.flatMap((each) => normalPhone(each) ?? []).filter(takesTextMessages)
  return [...new Set(usable)]
}
