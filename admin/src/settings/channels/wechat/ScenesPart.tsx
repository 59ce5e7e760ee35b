import { QrcodeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { SceneView } from '../../../../../channels/wechat/schema.ts'
import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Mark } from '../../../records/Mark.tsx'
import { Time } from '../../../records/Time.tsx'
import { ListTab } from '../../ListTab.tsx'
import { QrPoster } from '../QrPoster.tsx'
import { SceneDrawer } from './SceneDrawer.tsx'

type Item = SceneView & { id: string }

/** Codes to hang up at venues: whoever scans one is greeted as coming from there. */
export function ScenesPart({ account }: { account: AccountView }) {
  const t = useT('settings')
  const [poster, show] = useState<SceneView>()
  return (
    <>
      <ListTab<Item>
        path={`/wechat/${account.id}/scenes`}
        keyOf={({ scene }) => scene}
        name={t('channels.scenes.list')}
        hint={t('channels.scenes.hint')}
        empty={t('channels.scenes.empty')}
        width={720}
        titleOf={({ name }) => name}
        drawer={(scene, close) => (
          <SceneDrawer accountId={account.id} scene={scene} onClose={close} />
        )}
        columns={[
          {
            title: t('channels.scenes.scene'),
            dataIndex: 'scene',
            width: 160,
            render: (scene: string) => <code>{scene}</code>,
          },
          { title: t('channels.scenes.purpose'), dataIndex: 'hint', ellipsis: true },
          {
            title: t('channels.scenes.lasts'),
            width: 150,
            render: (_, { lasting, expiresAtMs }) =>
              lasting ? (
                <Mark tone="green">{t('channels.scenes.lasting')}</Mark>
              ) : (
                expiresAtMs !== undefined && (
                  <>
                    {t('channels.scenes.until')} <Time atMs={expiresAtMs} />
                  </>
                )
              ),
          },
          {
            title: t('channels.scenes.code'),
            width: 110,
            render: (_, scene) => (
              <Button
                size="small"
                icon={<QrcodeOutlined aria-hidden />}
                aria-label={t('channels.scenes.showOf', { name: scene.name })}
                onClick={() => show(scene)}
              >
                {t('channels.scenes.show')}
              </Button>
            ),
          },
        ]}
      />
      {poster && (
        <QrPoster
          name={poster.name}
          text={poster.qrText}
          account={account.name}
          onClose={() => show(undefined)}
        />
      )}
    </>
  )
}
