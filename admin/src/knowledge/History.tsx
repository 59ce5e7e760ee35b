import { App, Button, Empty } from 'antd'
import type { ChangeView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { Time } from '../records/Time.tsx'
import { useAction } from '../records/useAction.ts'
import { useConfirm } from '../records/useConfirm.ts'
import { useItems } from '../records/useItems.ts'
import { TOUCHED } from './touched.ts'

/** Who changed what, newest first, each to be undone. */
export function History({ id, onUndone }: { id: string; onUndone(): void }) {
  const t = useT('knowledge')
  const { message } = App.useApp()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const changes = useItems<ChangeView>(`/knowledge/${id}/history`)
  const undo = useAction(
    (version: number) => api.post(`/knowledge/${id}/undo`, { version }),
    [...TOUCHED, `/knowledge/${id}/history`],
  )
  const ask = async (version: number) => {
    if (!(await confirm({ title: t('history.undoTitle'), text: t('history.undoText'), ok: t('history.undo') }))) return // prettier-ignore
    undo.mutate(version, {
      onSuccess: () => {
        void message.success(t('history.undone'))
        onUndone()
      },
      onError: showError,
    })
  }
  return (
    <Load of={changes}>
      {(lines) =>
        lines.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('history.empty')} />
        ) : (
          <ol className="changes" aria-label={t('history.title')}>
            {lines.map(({ version, atMs, by, did, note, before }) => (
              <li key={version}>
                <div className="change-head">
                  <b>{t(`history.did.${did}`, { defaultValue: did })}</b>
                  <span>{by.name}</span>
                  <Time atMs={atMs} />
                  {before && (
                    <Button size="small" onClick={() => void ask(version)}>
                      {t('history.undo')}
                    </Button>
                  )}
                </div>
                {note && <p className="quiet">{note}</p>}
                {before && (
                  <details>
                    <summary>{t('history.before')}</summary>
                    {Object.entries(before.answer ?? {}).map(([lang, text]) => (
                      <p key={lang} lang={lang}>
                        <b>{before.question?.[lang]}</b> {text}
                      </p>
                    ))}
                  </details>
                )}
              </li>
            ))}
          </ol>
        )
      }
    </Load>
  )
}
