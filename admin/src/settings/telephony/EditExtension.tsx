import { App, Button } from 'antd'
import type { StaffView } from '../../../../gateway/staff/schema.ts'
import { updateExtensionBody } from '../../../../gateway/telephony/schema.ts'
import type { ExtensionPasswordView, ExtensionView } from '../../../../gateway/telephony/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useAction } from '../../records/useAction.ts'
import { useConfirm } from '../../records/useConfirm.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { ExtensionFields } from './ExtensionFields.tsx'
import { PhoneSetup } from './PhoneSetup.tsx'

interface Props {
  extension: ExtensionView
  members: StaffView[]
  onClose(): void
  onIssued(issued: ExtensionPasswordView): void
}

interface Values {
  id: string
  name: string
  staffId: string | null
  enabled: boolean
}

const path = '/telephony/extensions'

const toValues = (extension: ExtensionView | undefined): Values => ({
  id: extension!.id,
  name: extension!.name,
  staffId: extension!.staffId ?? null,
  enabled: extension!.enabled,
})

export function EditExtension({ extension, members, onClose, onIssued }: Props) {
  const t = useT('settings')
  const { message } = App.useApp()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const { id } = extension
  const edit = useRecordForm<ExtensionView, Values>({
    record: extension,
    toValues,
    schema: updateExtensionBody,
    send: (body) => api.patch<ExtensionView>(`${path}/${id}`, body),
    reload: async (stale) =>
      (await api.get<{ items: ExtensionView[] }>(path)).items.find((each) => each.id === id) ??
      stale,
    touches: [path],
    onSaved: () => {
      void message.success(t('telephony.extensions.saved'))
      onClose()
    },
  })
  const reset = useAction(
    () => api.post<ExtensionPasswordView>(`${path}/${id}/password-reset`, {}),
    [path],
  )
  const askReset = async () => {
    const sure = await confirm({
      title: t('telephony.extensions.resetTitle', { id }),
      text: t('telephony.extensions.resetText'),
      ok: t('telephony.extensions.reset'),
      danger: true,
    })
    if (!sure) return
    reset.mutate(undefined, {
      onSuccess: (issued) => {
        onClose()
        onIssued(issued)
      },
      onError: showError,
    })
  }
  return (
    <RecordDrawer
      title={`${id} ${extension.name}`}
      edit={edit}
      label={(field) => t(`telephony.extensions.${field}`)}
      onClose={onClose}
      aside={
        <>
          <RemoveButton
            path={`${path}/${id}`}
            title={t('removeTitle', { name: id })}
            text={t('removeText')}
            touches={[path]}
            onRemoved={onClose}
          />
          <Button loading={reset.isPending} onClick={() => void askReset()}>
            {t('telephony.extensions.reset')}
          </Button>
        </>
      }
    >
      <ExtensionFields isNew={false} members={members} />
      <PhoneSetup extension={id} />
    </RecordDrawer>
  )
}
