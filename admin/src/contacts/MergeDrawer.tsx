import { Alert, App, Button, Drawer } from 'antd'
import { useState } from 'react'
import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useAction } from '../records/useAction.ts'
import { useConfirm } from '../records/useConfirm.ts'
import { useOne } from '../records/useOne.ts'
import { Compared } from './Compared.tsx'
import { ContactPicker } from './ContactPicker.tsx'

/** Choose, compare, confirm: nobody is merged by a slip of the hand. */
export function MergeDrawer({ kept, onClose }: { kept: ContactView; onClose(): void }) {
  const t = useT('contacts')
  const words = useT('records')
  const { message } = App.useApp()
  const confirm = useConfirm()
  const [otherId, choose] = useState<string>()
  const other = useOne<ContactView>('/contacts', otherId)
  const merge = useAction(
    (loserId: string) => api.post(`/contacts/${kept.id}/merge`, { loserId }),
    ['/contacts', '/conversations', '/tickets'],
  )
  const nameOf = (contact: ContactView) =>
    contact.name || contact.phone || contact.email || t('anonymous')
  const ask = async (loser: ContactView) => {
    const names = { other: nameOf(loser), kept: nameOf(kept) }
    const sure = await confirm({
      title: t('confirmMerge', names),
      text: t('confirmMergeText', names),
      ok: t('doMerge'),
    })
    if (!sure) return
    merge.mutate(loser.id, {
      onSuccess: () => {
        void message.success(t('mergedDone'))
        onClose()
      },
    })
  }
  // a record merged before is answered as the contact it went into
  const isItself = other.data?.id === kept.id
  return (
    <Drawer
      open
      size={760}
      title={t('mergeTitle', { name: nameOf(kept) })}
      onClose={onClose}
      footer={
        <div className="drawer-foot">
          <span className="drawer-foot-gap" />
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button
            type="primary"
            disabled={!other.data || isItself}
            loading={merge.isPending}
            onClick={() => other.data && void ask(other.data)}
          >
            {t('doMerge')}
          </Button>
        </div>
      }
    >
      <p className="quiet">{t('mergeHint')}</p>
      <ContactPicker
        {...(otherId !== undefined && { value: otherId })}
        without={kept.id}
        onChange={choose}
      />
      <div className="part">
        <ErrorNotice error={merge.error} />
        {otherId && isItself && <Alert type="warning" showIcon title={t('itself')} />}
        {otherId && !isItself && (
          <Load of={other}>{(loser) => <Compared kept={kept} other={loser} />}</Load>
        )}
      </div>
    </Drawer>
  )
}
