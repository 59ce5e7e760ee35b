import type { z } from 'zod'
import { createStaffBody } from '../../../../gateway/staff/schema.ts'
import type { oneTimePasswordView } from '../../../../gateway/staff/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import type { Issued } from './OneTimePassword.tsx'
import { UserFields } from './UserFields.tsx'
import { userValues } from './userForm.ts'
import type { UserValues } from './userForm.ts'

interface Props {
  onClose(): void
  onIssued(issued: Issued): void
}

type Answer = z.infer<typeof oneTimePasswordView>

export function NewUser({ onClose, onIssued }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const edit = useRecordForm<Issued, UserValues>({
    record: undefined,
    toValues: () => userValues(undefined),
    toBody: (values) => values,
    schema: createStaffBody,
    send: async (body) => ({
      name: (body as UserValues).displayName,
      password: (await api.post<Answer>('/staff', body)).oneTimePassword,
    }),
    touches: ['/staff'],
    onSaved: (issued) => {
      onClose()
      onIssued(issued)
    },
  })
  return (
    <RecordDrawer
      title={words('create')}
      size={600}
      edit={edit}
      label={(field) => t(`users.${field}`)}
      onClose={onClose}
    >
      <UserFields isNew />
    </RecordDrawer>
  )
}
