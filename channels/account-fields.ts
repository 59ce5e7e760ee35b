/** Fields that accounts of several providers are set up with. */
import { z } from 'zod'
import type { FieldMeta } from './provider.ts'

/** @param standard the provider's own; another is entered for a proxy in between, or to try without an account */
export const apiBase = (standard: string) =>
  z
    .url({ protocol: /^https?$/ })
    .max(200)
    .default(standard)
    .meta({ zh: '接口地址', en: 'API address', advanced: true } satisfies FieldMeta)

export const port = (standard: number) =>
  z
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(standard)
    .meta({ zh: '端口', en: 'Port' } satisfies FieldMeta)
