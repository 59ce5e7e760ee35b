import { App, Button, Form } from 'antd'
import { updateIntentSetBody } from '../../../../gateway/intents/schema.ts'
import type { IntentSetDetail, IntentView } from '../../../../gateway/intents/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { LinesInput } from '../../records/LinesInput.tsx'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useAction } from '../../records/useAction.ts'
import { useConfirm } from '../../records/useConfirm.ts'
import { useLabels } from '../../records/useLabels.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { KeyField } from '../../settings/KeyField.tsx'
import { sides } from '../entry.ts'
import { touchedBy } from './touched.ts'

interface Props {
  set: IntentSetDetail
  intent: IntentView | undefined
  onClose(): void
}

const nothing: IntentView = { id: '', name: { zh: '', en: '' }, examples: {}, keywords: {} }

/** One intent: what it is called, how callers say it, and words that decide by themselves. */
export function IntentDrawer({ set, intent, onClose }: Props) {
  const t = useT('knowledge/intents')
  const labels = useLabels()
  const { message } = App.useApp()
  const path = `/intents/${set.id}`
  const edit = useRecordForm<IntentSetDetail, IntentView>({
    record: set,
    toValues: (stored) => stored?.intents.find(({ id }) => id === intent?.id) ?? intent ?? nothing,
    schema: updateIntentSetBody,
    toBody: (values, stored) => {
      const tidy = tidied(values)
      const others = stored?.intents ?? []
      const intents = intent
        ? others.map((each) => (each.id === intent.id ? tidy : each))
        : [...others, tidy]
      return { intents, version: stored?.version }
    },
    send: (body) => api.patch<IntentSetDetail>(path, body),
    reload: () => api.get<IntentSetDetail>(path),
    touches: touchedBy(set.id),
    onSaved: () => {
      void message.success(t('saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={t(intent ? 'editIntent' : 'add')}
      size={820}
      edit={edit}
      onClose={onClose}
      aside={intent && <RemoveIntent set={set} intent={intent} onRemoved={onClose} />}
    >
      <NameFields />
      <KeyField fixed={intent !== undefined} />
      <div className="sides">
        {sides.map((side) => (
          <section key={side} className="half" aria-label={labels.lang(side)}>
            <h3>{labels.lang(side)}</h3>
            <Form.Item name={['examples', side]} label={t('examples')} extra={t('examplesHint')}>
              <LinesInput />
            </Form.Item>
            <Form.Item name={['keywords', side]} label={t('keywords')} extra={t('keywordsHint')}>
              <LinesInput />
            </Form.Item>
          </section>
        ))}
      </div>
    </RecordDrawer>
  )
}

function RemoveIntent(props: { set: IntentSetDetail; intent: IntentView; onRemoved(): void }) {
  const { set, intent, onRemoved } = props
  const t = useT('knowledge/intents')
  const confirm = useConfirm()
  const onError = useErrorToast()
  const remove = useAction(
    () =>
      api.patch(`/intents/${set.id}`, {
        version: set.version,
        intents: set.intents.filter(({ id }) => id !== intent.id),
      }),
    touchedBy(set.id),
  )
  const ask = async () => {
    const sure = { title: t('removeIntentTitle'), text: t('removeIntentText'), ok: t('remove'), danger: true } // prettier-ignore
    if (await confirm(sure)) remove.mutate(undefined, { onSuccess: onRemoved, onError })
  }
  return (
    <Button danger loading={remove.isPending} onClick={() => void ask()}>
      {t('remove')}
    </Button>
  )
}

function tidied(intent: IntentView): IntentView {
  return { ...intent, examples: lines(intent.examples), keywords: lines(intent.keywords) }
}

function lines(byLang: Record<string, string[]>): Record<string, string[]> {
  const tidy: Record<string, string[]> = {}
  for (const [lang, list] of Object.entries(byLang)) {
    const kept = [...new Set(list.map((line) => line.trim()).filter(Boolean))]
    if (kept.length) tidy[lang] = kept
  }
  return tidy
}
