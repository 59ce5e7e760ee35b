import { z } from 'zod'

export const yesnoSlotSchema = z.object({ type: z.literal('yesno') })
