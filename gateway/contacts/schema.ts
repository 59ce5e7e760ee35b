import { z } from 'zod'

export const identityView = z.object({
  id: z.string(),
  kind: z.string(),
  scope: z.string(),
  value: z.string(),
  assurance: z.enum(['observed', 'selfAsserted', 'proven']),
})
export const contactView = z.object({
  id: z.string(),
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  lang: z.string().optional(),
  vip: z.boolean(),
  notes: z.string().optional(),
  version: z.number(),
  createdAtMs: z.number(),
  identities: z.array(identityView),
  merges: z.array(
    z.object({ id: z.string(), loserId: z.string(), atMs: z.number(), by: z.string() }),
  ),
})
export type ContactView = z.infer<typeof contactView>
export const listContactsQuery = z.object({
  q: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const contactSummaryView = contactView.pick({
  id: true,
  name: true,
  phone: true,
  email: true,
  vip: true,
  createdAtMs: true,
})
export type ContactSummaryView = z.infer<typeof contactSummaryView>
export const updateContactBody = z.object({
  version: z.number().int(),
  name: z.string().trim().max(64).optional(),
  phone: z.string().trim().max(32).optional(),
  email: z.union([z.email(), z.literal('')]).optional(),
  vip: z.boolean().optional(),
  notes: z.string().max(4000).optional(),
})
/** The contact of the path wins; the loser's identities, conversations and tickets move to it. */
export const mergeContactBody = z.object({ loserId: z.string().max(64) })
export const mergeView = z.object({ mergeId: z.string() })
