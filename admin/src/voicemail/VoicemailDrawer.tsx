import { Drawer } from 'antd'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useOne } from '../records/useOne.ts'
import { VoicemailForm } from './VoicemailForm.tsx'

interface Props {
  id: string
  mailboxName(id: string): string
  onClose(): void
}

export function VoicemailDrawer({ id, mailboxName, onClose }: Props) {
  const t = useT('voicemail')
  const voicemail = useOne<VoicemailView>('/voicemails', id)
  if (voicemail.data)
    return <VoicemailForm voicemail={voicemail.data} mailboxName={mailboxName} onClose={onClose} />
  return (
    <Drawer open title={t('message')} size={560} onClose={onClose}>
      <Load of={voicemail}>{() => null}</Load>
    </Drawer>
  )
}
