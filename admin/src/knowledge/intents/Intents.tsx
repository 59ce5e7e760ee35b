import { App } from 'antd'
import { useEffect } from 'react'
import { createIntentSetBody } from '../../../../gateway/intents/schema.ts'
import type { IntentSetDetail, IntentSetView } from '../../../../gateway/intents/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { navigate, useRoute } from '../../router.tsx'
import { KeyField } from '../../settings/KeyField.tsx'
import { ListTab } from '../../settings/ListTab.tsx'
import { IntentSet } from './IntentSet.tsx'

/** Sets of intents: the list, or the one in the address. */
export default function Intents() {
  const t = useT('knowledge/intents')
  const name = useName()
  const id = useRoute().segments[2]
  if (id !== undefined) return <IntentSet id={id} />
  return (
    <ListTab<IntentSetView>
      path="/intents"
      name={t('sets')}
      hint={t('hint')}
      empty={t('empty')}
      titleOf={(set) => name(set.name)}
      drawer={(set, close) => <Opened set={set} onClose={close} />}
      columns={[
        { title: t('key'), dataIndex: 'id', width: 150 },
        { title: t('intents'), width: 90, align: 'right', render: (_, set) => set.intents.length },
        {
          title: t('examples'),
          width: 90,
          align: 'right',
          render: (_, set) => set.intents.reduce((sum, each) => sum + each.examples, 0),
        },
        {
          title: t('state'),
          width: 220,
          render: (_, { live, changed }) => (
            <>
              <Mark tone={live === undefined ? 'plain' : 'green'}>
                {live === undefined ? t('untrained') : t('live', { number: live })}
              </Mark>
              {changed && live !== undefined && <Mark tone="amber">{t('changed')}</Mark>}
            </>
          ),
        },
      ]}
    />
  )
}

/** A new one asks for its name; one there is has a page of its own. */
function Opened({ set, onClose }: { set: IntentSetView | undefined; onClose(): void }) {
  const id = set?.id
  useEffect(() => {
    if (id === undefined) return
    navigate(`/knowledge/intents/${id}`)
    onClose()
  }, [id, onClose])
  return set ? null : <NewSet onClose={onClose} />
}

function NewSet({ onClose }: { onClose(): void }) {
  const t = useT('knowledge/intents')
  const { message } = App.useApp()
  type Values = { id: string; name: { zh: string; en: string } }
  const edit = useRecordForm<IntentSetDetail, Values>({
    record: undefined,
    toValues: () => ({ id: '', name: { zh: '', en: '' } }),
    schema: createIntentSetBody,
    send: (body) => api.post<IntentSetDetail>('/intents', body),
    touches: ['/intents'],
    onSaved: ({ id }) => {
      void message.success(t('saved'))
      onClose()
      navigate(`/knowledge/intents/${id}`)
    },
  })
  return (
    <RecordDrawer title={t('create')} edit={edit} onClose={onClose}>
      <NameFields />
      <KeyField fixed={false} />
    </RecordDrawer>
  )
}
