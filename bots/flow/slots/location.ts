import { z } from 'zod'

/** A position sent by the app, or a place in words. */
export const locationSlotSchema = z.object({ type: z.literal('location') })
