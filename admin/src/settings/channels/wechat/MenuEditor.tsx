import { App, Button } from 'antd'
import { useState } from 'react'
import type { MenuView } from '../../../../../channels/wechat/schema.ts'
import { api } from '../../../api/client.ts'
import { ErrorNotice } from '../../../api/ErrorNotice.tsx'
import { useT } from '../../../i18n/index.ts'
import { same } from '../../../records/rebase.ts'
import { Time } from '../../../records/Time.tsx'
import { useAction } from '../../../records/useAction.ts'
import { useConfirm } from '../../../records/useConfirm.ts'
import { ItemFields } from './ItemFields.tsx'
import * as edit from './menuDraft.ts'
import type { MenuDraft, Place } from './menuDraft.ts'
import { PhonePreview } from './PhonePreview.tsx'
import { menuPath } from './useMenu.ts'

interface Props {
  accountId: string
  stored: MenuView
}

/** Changes the draft beside a picture of it; saving keeps it here, publishing shows it to everybody. */
export function MenuEditor({ accountId, stored }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const confirm = useConfirm()
  const { message } = App.useApp()
  const path = menuPath(accountId)
  const [draft, setDraft] = useState<MenuDraft>(() =>
    edit.draftOf(stored.draft ?? stored.published),
  )
  const [place, choose] = useState<Place | undefined>(draft.length > 0 ? [0] : undefined)
  const [issues, setIssues] = useState<edit.MenuIssue[]>([])
  const menu = edit.menuOf(draft)
  const unsaved = !same(menu, stored.draft ?? stored.published ?? { buttons: [] })
  const chosen = place && edit.itemAt(draft, place)
  const save = useAction(
    () => api.put<MenuView>(path, { draft: menu, version: stored.version }),
    [path],
  )
  const publish = useAction(
    (version: number) => api.post<MenuView>(`${path}/publish`, { version }),
    [path, `${path}/current`],
  )

  const change = (next: MenuDraft, at: Place | undefined) => {
    setDraft(next)
    choose(at)
    setIssues([])
  }
  const checked = () => {
    const found = edit.menuIssues(draft, words)
    setIssues(found)
    if (found[0]) choose(found[0].place)
    return found.length === 0
  }
  const saveDraft = () => {
    if (!checked()) return
    save.mutate(undefined, { onSuccess: () => void message.success(t('channels.menu.saved')) })
  }
  const goLive = async () => {
    if (!checked()) return
    const sure = await confirm({
      title: t('channels.menu.publishTitle'),
      text: t('channels.menu.publishText'),
      ok: t('channels.menu.publish'),
    })
    if (!sure) return
    try {
      const { version } = unsaved ? await save.mutateAsync(undefined) : stored
      await publish.mutateAsync(version)
      void message.success(t('channels.menu.done'))
    } catch {
      // shown above the editor
    }
  }

  return (
    <>
      <ErrorNotice error={save.error ?? publish.error} />
      <div className="menu-editor">
        <PhonePreview
          draft={draft}
          chosen={place}
          onChoose={choose}
          onAddButton={() => change(edit.withButton(draft), [draft.length])}
          onAddItem={(at) => change(edit.withItem(draft, at), [at, draft[at]!.items.length])}
        />
        <div className="menu-fields">
          {chosen && place ? (
            <ItemFields
              key={place.join()}
              item={chosen}
              list={place.length === 1 && draft[place[0]]!.items.length > 0}
              place={place}
              issues={issues.filter((issue) => issue.place.join() === place.join())}
              onChange={(more) => change(edit.changed(draft, place, more), place)}
              onMove={(by) => change(edit.moved(draft, place, by), shifted(draft, place, by))}
              onRemove={() => change(edit.removed(draft, place), undefined)}
            />
          ) : (
            <p className="quiet">
              {t(draft.length > 0 ? 'channels.menu.pick' : 'channels.menu.empty')}
            </p>
          )}
        </div>
      </div>
      <div className="bar">
        <Button disabled={!unsaved} loading={save.isPending} onClick={saveDraft}>
          {t('channels.menu.save')}
        </Button>
        <Button
          type="primary"
          disabled={draft.length === 0}
          loading={publish.isPending}
          onClick={() => void goLive()}
        >
          {t('channels.menu.publish')}
        </Button>
        <span className="quiet" role="status">
          {issues.length > 0
            ? t('channels.menu.issues', { count: issues.length })
            : t(unsaved ? 'channels.menu.unsaved' : 'channels.menu.isSaved')}
          {stored.publishedAtMs !== undefined && (
            <>
              {' · '}
              {t('channels.menu.publishedAt')} <Time atMs={stored.publishedAtMs} />
            </>
          )}
        </span>
      </div>
    </>
  )
}

/** Where what was moved stands afterwards. */
function shifted(draft: MenuDraft, [at, inside]: Place, by: -1 | 1): Place {
  const within = (index: number, count: number) => Math.min(Math.max(index + by, 0), count - 1)
  if (inside === undefined) return [within(at, draft.length)]
  return [at, within(inside, draft[at]!.items.length)]
}
