import type { FieldMeta } from '../../channels/provider.ts'
import type { z } from 'zod'

/** The fields of an account's settings that go in and never come out. */
export function secretFields(settings: z.ZodObject): string[] {
  return Object.entries(settings.shape)
    .filter(([, field]) => ((field as z.ZodType).meta() as FieldMeta | undefined)?.secret)
    .map(([name]) => name)
}

/** What a sealed field is bound to: moved to another account or field it does not open. */
export const sealedOwner = (accountId: string, field: string): string =>
  `account ${accountId} ${field}`
