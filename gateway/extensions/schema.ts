import { z } from 'zod'

/** A custom block's own description (bots/flow/description.ts), for the editor. */
export const customKindView = z.object({
  id: z.string(),
  description: z.record(z.string(), z.unknown()),
  harmless: z.boolean().optional(),
})
export type CustomKindView = z.infer<typeof customKindView>
