import { Alert, App, Button } from 'antd'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useConfirm } from '../../records/useConfirm.ts'

interface Props {
  flowId: string
  live: number
  version: number
  percent: number
  onChange(): void
}

/** Two versions run side by side: what share each has, and the way out. */
export function SplitNotice({ flowId, live, version, percent, onChange }: Props) {
  const t = useT('flows/versions')
  const { message } = App.useApp()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const choose = useAction(
    (chosen: number) => api.post(`/flows/${flowId}/rollback`, { version: chosen }),
    ['/flows'],
  )
  const ask = async (chosen: number) => {
    const sure = await confirm({
      title: t('split.chooseTitle', { version: chosen }),
      text: t('split.chooseText', { version: chosen }),
      ok: t('split.choose', { version: chosen }),
    })
    if (!sure) return
    choose.mutate(chosen, {
      onSuccess: () => void message.success(t('split.ended', { version: chosen })),
      onError: showError,
    })
  }
  return (
    <Alert
      className="part"
      type="info"
      showIcon
      title={t('split.running', { live, rest: 100 - percent, version, percent })}
      description={t('split.runningText')}
      action={
        <div className="split-actions">
          {[live, version].map((each) => (
            <Button key={each} size="small" onClick={() => void ask(each)}>
              {t('split.choose', { version: each })}
            </Button>
          ))}
          <Button size="small" onClick={onChange}>
            {t('split.change')}
          </Button>
        </div>
      }
    />
  )
}
