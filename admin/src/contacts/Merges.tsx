import { App, Button } from 'antd'
import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import { useAction } from '../records/useAction.ts'
import { useConfirm } from '../records/useConfirm.ts'
import { MergeLine } from './MergeLine.tsx'

type Merge = ContactView['merges'][number]

/** Who was merged in, by whom and when, each with the way back. */
export function Merges({ merges }: { merges: Merge[] }) {
  const t = useT('contacts')
  const { message } = App.useApp()
  const confirm = useConfirm()
  const undo = useAction(
    (id: string) => api.post(`/merges/${id}/undo`),
    ['/contacts', '/conversations', '/tickets'],
  )
  const ask = async (merge: Merge) => {
    if (!(await confirm({ title: t('undoTitle'), text: t('undoText'), ok: t('undo') }))) return
    // the last merge undone takes this card away, so the promise tells the end, not the component
    await undo.mutateAsync(merge.id).then(
      () => void message.success(t('undone')),
      () => undefined,
    )
  }
  return (
    <>
      <ErrorNotice error={undo.error} />
      <ul className="past">
        {merges.map((merge) => (
          <li key={merge.id}>
            <MergeLine merge={merge} />{' '}
            <Button size="small" loading={undo.isPending} onClick={() => void ask(merge)}>
              {t('undo')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
