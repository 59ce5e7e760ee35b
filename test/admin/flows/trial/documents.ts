import { hotline } from '../../../bots/flow/documents.ts'
import type { Setup } from '../../../../admin/src/flows/trial/setup.ts'
import { newSetup } from '../../../../admin/src/flows/trial/setup.ts'

export { hotline }

export const setup = (more: Partial<Setup> = {}): Setup => ({
  ...newSetup(['zh-CN'], '2026-10-03T09:30:00+08:00'),
  ...more,
})
