import { App, Drawer } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { ListedRecordingView, RecordingUseView } from '../../../gateway/prompts/schema.ts'
import { clock } from '../desk/duration.ts'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { RemoveButton } from '../records/RemoveButton.tsx'
import { Time } from '../records/Time.tsx'
import { useAction } from '../records/useAction.ts'
import { useItems } from '../records/useItems.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import { Link } from '../router.tsx'
import { RECORDINGS } from './upload-recording.ts'
import { UploadButton } from './UploadButton.tsx'

const Player = lazy(() => import('../recordings/Player.tsx'))

/** Every file callers may hear, and where each is used. */
export function Recordings() {
  const t = useT('prompts')
  const { message } = App.useApp()
  const staff = useStaffNames()
  const found = useItems<ListedRecordingView>(RECORDINGS)
  const items = { ...found, data: found.data?.map((each) => ({ ...each, id: each.mediaId })) }
  const [openId, open] = useState<string>()
  const shown = items.data?.find(({ id }) => id === openId)
  const refresh = useAction(async () => undefined, [RECORDINGS])
  return (
    <>
      <div className="bar">
        <span className="quiet bar-hint">{t('recordings.hint')}</span>
        <UploadButton
          label={t('recordings.upload')}
          onUploaded={({ name }) => {
            refresh.mutate(undefined)
            void message.success(t('recordings.uploaded', { name }))
          }}
        />
      </div>
      <ItemTable
        name={t('tabs.recordings')}
        items={items}
        width={820}
        onOpen={({ id }) => open(id)}
        empty={t('recordings.empty')}
        columns={[
          {
            title: t('recordings.name'),
            render: (_, { id, name }) => <OpenCell onOpen={() => open(id)}>{name}</OpenCell>,
          },
          {
            title: t('recordings.uses'),
            width: 240,
            render: (_, { uses }) =>
              uses.length ? (
                [...new Set(uses.map(({ name }) => name))].join(', ')
              ) : (
                <span className="quiet">{t('recordings.unused')}</span>
              ),
          },
          {
            title: t('columns.length'),
            dataIndex: 'durationMs',
            width: 80,
            align: 'right',
            render: (ms: number) => clock(ms),
          },
          {
            title: t('recordings.at'),
            dataIndex: 'atMs',
            width: 170,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          { title: t('recordings.by'), dataIndex: 'by', width: 120, render: staff.nameOf },
        ]}
      />
      {shown && (
        <Drawer
          open
          size={560}
          title={shown.name}
          onClose={() => open(undefined)}
          footer={
            <RemoveButton
              path={`${RECORDINGS}/${shown.id}`}
              title={t('recordings.removeTitle', { name: shown.name })}
              text={t('recordings.removeText')}
              touches={[RECORDINGS]}
              onRemoved={() => open(undefined)}
            />
          }
        >
          <Suspense fallback={null}>
            <Player
              recordingId={shown.id}
              at={`${RECORDINGS}/${shown.id}`}
              durationMs={shown.durationMs}
            />
          </Suspense>
          <section className="part">
            <h2>{t('recordings.uses')}</h2>
            {shown.uses.length ? (
              <ul>
                {shown.uses.map((use) => (
                  <li key={Object.values(use).join(' ')}>
                    <Use use={use} />
                  </li>
                ))}
              </ul>
            ) : (
              <p className="quiet">{t('recordings.unusedHint')}</p>
            )}
          </section>
        </Drawer>
      )}
    </>
  )
}

function Use({ use }: { use: RecordingUseView }) {
  const t = useT('prompts')
  const to = {
    draft: `/flows/${use.id}`,
    live: `/flows/${use.id}`,
    version: `/flows/${use.id.split('@')[0]}`,
    tune: '/prompts/tunes',
    queue: '/settings/queues',
  }[use.kind]
  return (
    <>
      {t(`recordings.kinds.${use.kind}`)} <Link to={to}>{use.name}</Link>
      {use.block && ` · ${use.block} · ${use.field} · ${use.lang}`}
    </>
  )
}
