/** How the link of each kind of SMS account is made. */
import type { SmsLinkMaker } from './link.ts'

export const smsLinks: Record<string, SmsLinkMaker<never>> = {}
