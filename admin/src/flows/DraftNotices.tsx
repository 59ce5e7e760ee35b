import { Alert, Button } from 'antd'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useConfirm } from '../records/useConfirm.ts'
import type { Draft } from './useDraft.ts'

/** What a person must know about their draft before anything else. */
export function DraftNotices({ draft }: { draft: Draft }) {
  const t = useT('flows')
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
      {draft.conflict ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t('conflict')}
          description={t('conflictText')}
          action={<Button onClick={() => void draft.mend()}>{t('conflictReload')}</Button>}
        />
      ) : (
        <ErrorNotice error={draft.error} />
      )}
      {draft.clashes && (
        <Alert
          type={draft.clashes.length > 0 ? 'warning' : 'info'}
          showIcon
          role="status"
          title={
            draft.clashes.length > 0 ? t('clash', { what: draft.clashes.join(', ') }) : t('merged')
          }
        />
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
