import { Alert, Button, Space } from 'antd'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useConfirm } from '../records/useConfirm.ts'
import { navigate } from '../router.tsx'
import type { Draft } from './useDraft.ts'

/** What a person must know about their draft before anything else. */
export function DraftNotices({
  flowId,
  draft,
  tab,
}: {
  flowId: string
  draft: Draft
  tab: string
}) {
  const t = useT('flows')
  const of = useT('flows/editor')
  const confirm = useConfirm()
  const discard = async () => {
    const sure = await confirm({
      title: t('discardTitle'),
      text: t('discardText'),
      ok: t('discard'),
      danger: true,
    })
    if (sure) draft.discard()
  }
  return (
    <div className="notices">
      {draft.clash && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={of('clashTitle')}
          description={
            <>
              <p>{of('clashText')}</p>
              <Space wrap>
                {draft.clash.what.map((what) => (
                  <Button key={what} size="small" onClick={() => draft.takeTheirs(what)}>
                    {of('takeTheirs')}:{what}
                  </Button>
                ))}
              </Space>
            </>
          }
          action={<Button onClick={() => void draft.save()}>{of('saveMine')}</Button>}
        />
      )}
      {draft.error !== undefined && (
        <ErrorNotice error={draft.error} onRetry={() => void draft.save()} />
      )}
      {!draft.doc && tab !== 'draft' && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={of('brokenTitle')}
          action={
            <Space>
              <Button size="small" onClick={() => navigate(`/flows/${flowId}/draft`)}>
                {of('brokenMend')}
              </Button>
              <Button size="small" danger onClick={draft.dropTyped}>
                {of('brokenDrop')}
              </Button>
            </Space>
          }
        />
      )}
      {draft.merged && !draft.clash && (
        <Alert type="info" showIcon closable role="status" title={of('mergedIn')} />
      )}
      {draft.restored && (
        <Alert
          type="info"
          showIcon
          title={t('restored')}
          action={
            <Button size="small" onClick={() => void discard()}>
              {t('discard')}
            </Button>
          }
        />
      )}
    </div>
  )
}
