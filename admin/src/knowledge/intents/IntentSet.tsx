import { ArrowLeftOutlined } from '@ant-design/icons'
import { App, Button, Input, Modal, Tabs } from 'antd'
import { useState } from 'react'
import type { IntentSetDetail, IntentVersionView } from '../../../../gateway/intents/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useName, useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { Mark } from '../../records/Mark.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useAction } from '../../records/useAction.ts'
import { useOne } from '../../records/useOne.ts'
import { navigate } from '../../router.tsx'
import { Evaluation } from './Evaluation.tsx'
import { IntentList } from './IntentList.tsx'
import { touchedBy } from './touched.ts'
import { TryIntent } from './TryIntent.tsx'
import { Unsorted } from './Unsorted.tsx'
import { Versions } from './Versions.tsx'

export function IntentSet({ id }: { id: string }) {
  const t = useT('knowledge/intents')
  const name = useName()
  const set = useOne<IntentSetDetail>('/intents', id)
  const [training, train] = useState(false)
  const back = () => navigate('/knowledge/intents')
  return (
    <>
      <div className="bar">
        <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={back}>
          {t('back')}
        </Button>
      </div>
      <Load of={set}>
        {(detail) => (
          <>
            <div className="bar">
              <h2 className="set-name">{name(detail.name)}</h2>
              <Mark tone={detail.live === undefined ? 'plain' : 'green'}>
                {detail.live === undefined ? t('untrained') : t('live', { number: detail.live })}
              </Mark>
              {detail.changed && <Mark tone="amber">{t('changed')}</Mark>}
              <span style={{ flex: 1 }} />
              <RemoveButton
                path={`/intents/${id}`}
                title={t('removeTitle')}
                text={t('removeText')}
                touches={['/intents']}
                onRemoved={back}
              />
              <Button type="primary" disabled={!detail.changed} onClick={() => train(true)}>
                {t('train')}
              </Button>
            </div>
            <Tabs
              items={[
                { key: 'list', label: t('tabs.list'), children: <IntentList set={detail} /> },
                { key: 'unsorted', label: t('tabs.unsorted'), children: <Unsorted set={detail} /> },
                { key: 'try', label: t('tabs.try'), children: <TryIntent set={detail} /> },
                { key: 'check', label: t('tabs.check'), children: <Evaluation set={detail} /> },
                { key: 'versions', label: t('tabs.versions'), children: <Versions set={detail} /> },
              ]}
            />
            {training && <TrainModal id={id} onClose={() => train(false)} />}
          </>
        )}
      </Load>
    </>
  )
}

function TrainModal({ id, onClose }: { id: string; onClose(): void }) {
  const t = useT('knowledge/intents')
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const train = useAction(
    () => api.post<IntentVersionView>(`/intents/${id}/train`, { note }),
    touchedBy(id),
  )
  return (
    <Modal
      open
      title={t('trainTitle')}
      okText={t('train')}
      okButtonProps={{ loading: train.isPending }}
      onCancel={onClose}
      onOk={() =>
        train.mutate(undefined, {
          onSuccess: ({ number }) => {
            void message.success(t('trained', { number }))
            onClose()
          },
        })
      }
    >
      <p>{t('trainText')}</p>
      <ErrorNotice error={train.error} />
      <label className="stack">
        {t('note')}
        <Input maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Modal>
  )
}
