import { Input } from 'antd'
import { useState } from 'react'
import type { ContactSummaryView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { ItemTable } from '../records/ItemTable.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { useItems } from '../records/useItems.ts'
import { useSettled } from '../records/useSettled.ts'
import { navigate } from '../router.tsx'
import { Page } from '../shell/Page.tsx'

export function ContactList() {
  const t = useT('contacts')
  const [typed, type] = useState('')
  const q = useSettled(typed.trim())
  const contacts = useItems<ContactSummaryView>('/contacts', { q, limit: 100 })
  const open = ({ id }: ContactSummaryView) => navigate(`/contacts/${id}`)
  return (
    <Page title={t('title')} hint={t('hint')}>
      <div className="bar" role="search">
        <Input.Search
          className="bar-search"
          allowClear
          aria-label={t('searchHint')}
          placeholder={t('searchHint')}
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
      </div>
      <ItemTable
        name={t('list')}
        items={contacts}
        width={760}
        onOpen={open}
        empty={t(q ? 'emptySearch' : 'empty')}
        columns={[
          {
            title: t('name'),
            dataIndex: 'name',
            render: (name: string | undefined, contact) => (
              <>
                <OpenCell onOpen={() => open(contact)}>{name || t('anonymous')}</OpenCell>{' '}
                {contact.vip && <Mark tone="gold">VIP</Mark>}
              </>
            ),
          },
          { title: t('phone'), dataIndex: 'phone', width: 180 },
          { title: t('email'), dataIndex: 'email', ellipsis: true, width: 240 },
          {
            title: t('since'),
            dataIndex: 'createdAtMs',
            width: 160,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
        ]}
      />
    </Page>
  )
}
