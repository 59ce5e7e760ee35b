import type { ComponentType } from 'react'
import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import { StatusPart } from './StatusPart.tsx'
import { MenuPart } from './wechat/MenuPart.tsx'
import { ScenesPart } from './wechat/ScenesPart.tsx'
import { LinksPart } from './wecom/LinksPart.tsx'
import { AnnouncementsPart } from './weibo/AnnouncementsPart.tsx'
import { TemplatesPart } from './templates/TemplatesPart.tsx'

interface AccountPart {
  key: string
  Content: ComponentType<{ account: AccountView }>
  /** the kinds of accounts that have it; absent: all */
  kinds?: string[]
}

const parts: AccountPart[] = [
  { key: 'status', Content: StatusPart },
  { key: 'templates', Content: TemplatesPart, kinds: ['wechat', 'aliyunSms', 'tencentSms'] },
  { key: 'menu', Content: MenuPart, kinds: ['wechat'] },
  { key: 'scenes', Content: ScenesPart, kinds: ['wechat'] },
  { key: 'links', Content: LinksPart, kinds: ['wecom'] },
  { key: 'announcements', Content: AnnouncementsPart, kinds: ['weibo'] },
]

/** What can be looked at and prepared for this account. */
export function partsOf({ kind }: Pick<AccountView, 'kind'>): AccountPart[] {
  return parts.filter(({ kinds }) => !kinds || (kind !== undefined && kinds.includes(kind)))
}
