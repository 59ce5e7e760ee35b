import { App, Button } from 'antd'
import { api } from '../api/client.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { useAction } from './useAction.ts'
import { useConfirm } from './useConfirm.ts'

interface Props {
  path: string
  title: string
  text: string
  touches: readonly string[]
  onRemoved(): void
}

/** Deletes one record after asking; a refusal (still in use) is told where the person looks. */
export function RemoveButton({ path, title, text, touches, onRemoved }: Props) {
  const t = useT('records')
  const { message } = App.useApp()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const remove = useAction(() => api.delete(path), touches)
  const ask = async () => {
    if (!(await confirm({ title, text, ok: t('remove'), danger: true }))) return
    remove.mutate(undefined, {
      onSuccess: () => {
        void message.success(t('removed'))
        onRemoved()
      },
      onError: showError,
    })
  }
  return (
    <Button danger loading={remove.isPending} onClick={() => void ask()}>
      {t('remove')}
    </Button>
  )
}
