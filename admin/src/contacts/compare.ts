import type { ContactView } from '../../../gateway/contacts/schema.ts'

export const comparedFields = ['name', 'phone', 'email', 'lang', 'vip', 'notes'] as const
export type ComparedField = (typeof comparedFields)[number]

export interface ComparedRow {
  field: ComparedField
  kept: string | boolean | undefined
  other: string | boolean | undefined
  differs: boolean
}

/** Two records side by side, so that a person can judge whether they are one person. */
export function compareContacts(kept: ContactView, other: ContactView): ComparedRow[] {
  return comparedFields.map((field) => ({
    field,
    kept: kept[field],
    other: other[field],
    differs: (kept[field] || undefined) !== (other[field] || undefined),
  }))
}

/** Identities both have (equal kind, scope and value) speak for a merge. */
export function sharedIdentities(a: ContactView, b: ContactView): ContactView['identities'] {
  return a.identities.filter((mine) =>
    b.identities.some(
      (theirs) =>
        theirs.kind === mine.kind && theirs.scope === mine.scope && theirs.value === mine.value,
    ),
  )
}

/** One phone or e-mail on both records says the same thing, however weakly it was learned. */
export function sameAddress(a: ContactView, b: ContactView): ('phone' | 'email')[] {
  return (['phone', 'email'] as const).filter(
    (field) => a[field] && bare(a[field]) === bare(b[field]),
  )
}

const bare = (value: string | undefined) =>
  (value ?? '')
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '')
