import { App, Button, Form, Switch } from 'antd'
import type { z } from 'zod'
import { updateStaffBody } from '../../../../gateway/staff/schema.ts'
import type { oneTimePasswordView, StaffView } from '../../../../gateway/staff/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useAction } from '../../records/useAction.ts'
import { useConfirm } from '../../records/useConfirm.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { useSession } from '../../session/useSession.ts'
import type { Issued } from './OneTimePassword.tsx'
import { UserExtension } from './UserExtension.tsx'
import { UserFields } from './UserFields.tsx'
import { userValues } from './userForm.ts'
import type { UserValues } from './userForm.ts'

interface Props {
  member: StaffView
  onClose(): void
  onIssued(issued: Issued): void
}

type Answer = z.infer<typeof oneTimePasswordView>

export function EditUser({ member, onClose, onIssued }: Props) {
  const t = useT('settings')
  const { message } = App.useApp()
  const { me, refresh } = useSession()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const edit = useRecordForm<StaffView, UserValues>({
    record: member,
    toValues: userValues,
    schema: updateStaffBody,
    send: (body) => api.patch<StaffView>(`/staff/${member.id}`, body),
    reload: async (stale) =>
      (await api.get<{ items: StaffView[] }>('/staff')).items.find(({ id }) => id === stale.id) ??
      stale,
    touches: ['/staff'],
    onSaved: () => {
      void message.success(t('users.saved'))
      if (member.id === me.id) refresh()
      onClose()
    },
  })
  const reset = useAction(
    () => api.post<Answer>(`/staff/${member.id}/password-reset`, {}),
    ['/staff'],
  )
  const name = member.displayName
  const askReset = async () => {
    const sure = await confirm({
      title: t('users.resetTitle', { name }),
      text: t('users.resetText'),
      ok: t('users.reset'),
      danger: true,
    })
    if (!sure) return
    reset.mutate(undefined, {
      onSuccess: ({ oneTimePassword }) => onIssued({ name, password: oneTimePassword }),
      onError: showError,
    })
  }
  const onDisable = async (off: boolean) => {
    const sure =
      !off ||
      (await confirm({
        title: t('users.disableTitle', { name }),
        text: t('users.disableText'),
        ok: t('users.disable'),
        danger: true,
      }))
    if (!sure) edit.form.setFieldValue('disabled', false)
  }
  return (
    <RecordDrawer
      title={name}
      size={600}
      edit={edit}
      label={(field) => t(`users.${field}`)}
      onClose={onClose}
      aside={
        <Button loading={reset.isPending} onClick={() => void askReset()}>
          {t('users.reset')}
        </Button>
      }
    >
      <UserFields isNew={false} />
      <UserExtension staffId={member.id} />
      {member.id !== me.id && (
        <Form.Item
          name="disabled"
          label={t('users.disable')}
          valuePropName="checked"
          extra={t('users.disableHint')}
        >
          <Switch onChange={(off) => void onDisable(off)} />
        </Form.Item>
      )}
    </RecordDrawer>
  )
}
