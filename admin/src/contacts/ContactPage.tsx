import { ArrowLeftOutlined, MergeCellsOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Card } from 'antd'
import { useState } from 'react'
import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { Load } from '../records/Load.tsx'
import { useOne } from '../records/useOne.ts'
import { Link } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { Page } from '../shell/Page.tsx'
import { Identities } from './Identities.tsx'
import { MergeDrawer } from './MergeDrawer.tsx'
import { Merges } from './Merges.tsx'
import { Profile } from './Profile.tsx'
import { ProveDialog } from './ProveDialog.tsx'
import { Suggestions } from './Suggestions.tsx'
import { Timeline } from './Timeline.tsx'
import { WriteButton } from './WriteButton.tsx'
import './contacts.css'

/** All that is known of one person. */
export function ContactPage({ id }: { id: string }) {
  const t = useT('contacts')
  const { can } = useSession()
  const contact = useOne<ContactView>('/contacts', id)
  const [merging, setMerging] = useState(false)
  const [proving, setProving] = useState(false)
  return (
    <Page
      title={
        <>
          {contact.data ? contact.data.name || t('anonymous') : t('title')}{' '}
          {contact.data?.vip && <Mark tone="gold">VIP</Mark>}
        </>
      }
      hint={
        <Link to="/contacts">
          <ArrowLeftOutlined aria-hidden /> {t('back')}
        </Link>
      }
      actions={
        contact.data && (
          <>
            {can('serve') && <WriteButton contactId={contact.data.id} />}
            <Button icon={<MergeCellsOutlined aria-hidden />} onClick={() => setMerging(true)}>
              {t('merge')}
            </Button>
          </>
        )
      }
    >
      <Load of={contact}>
        {(loaded) => (
          <div className="contact">
            <div className="contact-column">
              <Card size="small" title={t('profile')}>
                <Profile key={loaded.id} contact={loaded} />
              </Card>
              <Card
                size="small"
                title={t('identities')}
                extra={
                  can('serve') && (
                    <Button
                      size="small"
                      icon={<SafetyCertificateOutlined aria-hidden />}
                      onClick={() => setProving(true)}
                    >
                      {t('proof.open')}
                    </Button>
                  )
                }
              >
                <Identities identities={loaded.identities} />
              </Card>
              {loaded.merges.length > 0 && (
                <Card size="small" title={t('merges')}>
                  <Merges merges={loaded.merges} />
                </Card>
              )}
            </div>
            <div className="contact-column">
              <Suggestions contactId={loaded.id} />
              <Card size="small" title={t('timeline.title')}>
                <Timeline contactId={loaded.id} />
              </Card>
            </div>
            {proving && (
              <ProveDialog
                contactId={loaded.id}
                phone={loaded.phone}
                onClose={() => setProving(false)}
              />
            )}
            {merging && <MergeDrawer kept={loaded} onClose={() => setMerging(false)} />}
          </div>
        )}
      </Load>
    </Page>
  )
}
