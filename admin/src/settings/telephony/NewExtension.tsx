import type { StaffView } from '../../../../gateway/staff/schema.ts'
import { createExtensionBody } from '../../../../gateway/telephony/schema.ts'
import type { ExtensionPasswordView } from '../../../../gateway/telephony/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { ExtensionFields } from './ExtensionFields.tsx'

interface Props {
  members: StaffView[]
  onClose(): void
  onIssued(issued: ExtensionPasswordView): void
}

interface Values {
  id: string
  name: string
  staffId: string | null
  password: string
  enabled: boolean
}

const empty: Values = { id: '', name: '', staffId: null, password: '', enabled: true }

export function NewExtension({ members, onClose, onIssued }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const edit = useRecordForm<ExtensionPasswordView, Values>({
    record: undefined,
    toValues: () => empty,
    toBody: ({ id, name, staffId, password, enabled }) => ({
      id: id.trim(),
      name,
      enabled,
      ...(staffId && { staffId }),
      ...(password && { password }),
    }),
    schema: createExtensionBody,
    send: (body) => api.post<ExtensionPasswordView>('/telephony/extensions', body),
    touches: ['/telephony/extensions'],
    onSaved: (issued) => {
      onClose()
      onIssued(issued)
    },
  })
  return (
    <RecordDrawer
      title={words('create')}
      edit={edit}
      label={(field) => t(`telephony.extensions.${field === 'id' ? 'number' : field}`)}
      onClose={onClose}
    >
      <ExtensionFields isNew members={members} />
    </RecordDrawer>
  )
}
