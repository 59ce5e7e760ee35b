import { App } from 'antd'
import { Form } from 'antd'
import { createSynonymsBody, updateSynonymsBody } from '../../../gateway/knowledge/schema.ts'
import type { SynonymsView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { LinesInput } from '../records/LinesInput.tsx'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { RemoveButton } from '../records/RemoveButton.tsx'
import { useRecordForm } from '../records/useRecordForm.ts'
import { ListTab } from '../settings/ListTab.tsx'

const PATH = '/knowledge/synonyms'
const TOUCHES = [PATH, '/knowledge/search']

/** Groups of words that mean the same to a caller. */
export function SynonymsTab() {
  const t = useT('knowledge')
  return (
    <ListTab<SynonymsView>
      path={PATH}
      name={t('tabs.synonyms')}
      hint={t('synonyms.hint')}
      empty={t('synonyms.empty')}
      nameTitle={t('synonyms.first')}
      titleOf={({ words }) => words[0]}
      drawer={(group, close) => <SynonymsDrawer group={group} onClose={close} />}
      columns={[
        {
          title: t('synonyms.same'),
          render: (_, { words }) => words.slice(1).join(' · '),
        },
      ]}
    />
  )
}

interface Props {
  group: SynonymsView | undefined
  onClose(): void
}

function SynonymsDrawer({ group, onClose }: Props) {
  const t = useT('knowledge')
  const { message } = App.useApp()
  const edit = useRecordForm<SynonymsView, { words: string[] }>({
    record: group,
    toValues: (stored) => ({ words: stored?.words ?? [] }),
    schema: group ? updateSynonymsBody : createSynonymsBody,
    toBody: ({ words }, stored) => ({
      words: [...new Set(words.map((word) => word.trim()).filter(Boolean))],
      ...(stored && { version: stored.version }),
    }),
    send: (body) =>
      group ? api.patch(`${PATH}/${group.id}`, body) : api.post<SynonymsView>(PATH, body),
    reload: async (stale) =>
      (await api.get<{ items: SynonymsView[] }>(PATH)).items.find(({ id }) => id === stale.id) ??
      stale,
    touches: TOUCHES,
    onSaved: () => {
      void message.success(t('synonyms.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={t(group ? 'synonyms.edit' : 'synonyms.create')}
      edit={edit}
      onClose={onClose}
      aside={
        group && (
          <RemoveButton
            path={`${PATH}/${group.id}`}
            title={t('synonyms.removeTitle')}
            text={t('synonyms.removeText')}
            touches={TOUCHES}
            onRemoved={onClose}
          />
        )
      }
    >
      <Form.Item name="words" label={t('synonyms.words')} extra={t('synonyms.wordsHint')} required>
        <LinesInput />
      </Form.Item>
    </RecordDrawer>
  )
}
