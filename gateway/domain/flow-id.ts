import { z } from 'zod'

/** Ids of what is made here; `-` alone stands for no flow in addresses. */
export const flowIdSchema = z.string().regex(/^[A-Za-z0-9][\w-]{0,63}$/)
