import { Button } from 'antd'
import type { AnnouncementView } from '../../../../../channels/weibo/schema.ts'
import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { api } from '../../../api/client.ts'
import { useErrorToast } from '../../../api/useErrorToast.ts'
import { useT } from '../../../i18n/index.ts'
import { Mark } from '../../../records/Mark.tsx'
import type { Tone } from '../../../records/Mark.tsx'
import { Time } from '../../../records/Time.tsx'
import { useAction } from '../../../records/useAction.ts'
import { useCodeWords } from '../../../records/useCodeWords.ts'
import { useConfirm } from '../../../records/useConfirm.ts'
import { ListTab } from '../../ListTab.tsx'
import { AnnouncementDrawer } from './AnnouncementDrawer.tsx'
import { AnnouncementShown } from './AnnouncementShown.tsx'

const tones: Record<AnnouncementView['state'], Tone> = {
  publishing: 'blue',
  published: 'green',
  failed: 'red',
  unknown: 'amber',
}

/** What was announced on Weibo, each with the page it leads to. */
export function AnnouncementsPart({ account }: { account: AccountView }) {
  const t = useT('settings')
  const wordsOf = useCodeWords()
  const confirm = useConfirm()
  const showError = useErrorToast()
  const again = useAction(
    (id: string) => api.post<AnnouncementView>(`/weibo/announcements/${id}/publish`, {}),
    ['/weibo/announcements'],
  )
  const publish = async ({ id, state }: AnnouncementView) => {
    const sure =
      state !== 'unknown' ||
      (await confirm({
        title: t('channels.announcements.unknownTitle'),
        text: t('channels.announcements.unknownText'),
        ok: t('channels.announcements.again'),
        danger: true,
      }))
    if (sure) again.mutate(id, { onError: showError })
  }
  return (
    <ListTab<AnnouncementView>
      path="/weibo/announcements"
      query={{ accountId: account.id }}
      name={t('channels.announcements.list')}
      hint={t('channels.announcements.hint')}
      empty={t('channels.announcements.empty')}
      nameTitle={t('channels.announcements.text')}
      width={760}
      titleOf={({ text }) => text}
      drawer={(announcement, close) =>
        announcement ? (
          <AnnouncementShown announcement={announcement} onClose={close} />
        ) : (
          <AnnouncementDrawer accountId={account.id} onClose={close} />
        )
      }
      columns={[
        {
          title: t('channels.announcements.state'),
          width: 220,
          render: (_, announcement) => {
            const { state, error } = announcement
            return (
              <>
                <Mark tone={tones[state]}>{t(`channels.announcements.states.${state}`)}</Mark>{' '}
                {error && <span className="wrong">{wordsOf(error, 'weibo') ?? error}</span>}
                {(state === 'failed' || state === 'unknown') && (
                  <Button
                    type="link"
                    size="small"
                    disabled={again.isPending}
                    onClick={() => void publish(announcement)}
                  >
                    {t('channels.announcements.again')}
                  </Button>
                )}
              </>
            )
          },
        },
        {
          title: t('channels.announcements.at'),
          width: 130,
          render: (_, { createdAtMs, publishedAtMs }) => (
            <Time atMs={publishedAtMs ?? createdAtMs} />
          ),
        },
        { title: t('channels.announcements.by'), dataIndex: 'by', width: 110, ellipsis: true },
        {
          title: t('channels.announcements.links'),
          width: 130,
          render: (_, { pageUrl, postUrl }) => (
            <>
              <a href={pageUrl} target="_blank" rel="noreferrer">
                {t('channels.announcements.page')}
              </a>
              {postUrl && (
                <>
                  {' · '}
                  <a href={postUrl} target="_blank" rel="noreferrer">
                    {t('channels.announcements.post')}
                  </a>
                </>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
