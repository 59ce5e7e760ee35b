import { FileTextOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Input, Select, Upload } from 'antd'
import { useState } from 'react'
import type { VoiceChoice } from '../../../bots/flow/parts.ts'
import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import type { ReadDocumentView } from '../../../gateway/prompts/schema.ts'
import { api } from '../api/client.ts'
import { upload } from '../api/upload.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { Link, navigate } from '../router.tsx'
import { Hear } from './Hear.tsx'
import { VoicePicker } from './VoicePicker.tsx'

const LANGS = ['zh-CN', 'en', 'yue-HK', 'ja', 'ko']

interface Passage {
  text: string
  taken: boolean
}

/** A document that callers shall hear: read, looked through, heard, put into a flow. */
export function DocumentImport() {
  const t = useT('prompts')
  const labels = useLabels()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const flows = useItems<FlowSummaryView>('/flows')
  const [read, setRead] = useState<ReadDocumentView>()
  const [passages, setPassages] = useState<Passage[]>([])
  const [flowId, setFlowId] = useState<string>()
  const [lang, setLang] = useState('zh-CN')
  const [choice, choose] = useState<VoiceChoice>({})
  const [busy, setBusy] = useState(false)
  const take = (file: File) => {
    setBusy(true)
    ;(upload(file, undefined, '/prompts/documents') as unknown as Promise<ReadDocumentView>)
      .then((found) => {
        setRead(found)
        setPassages(found.passages.map((text) => ({ text, taken: true })))
        if (!/\p{Script=Han}/u.test(found.passages.join(''))) setLang('en')
      })
      .catch(showError)
      .finally(() => setBusy(false))
  }
  const chosen = passages.filter(({ text, taken }) => taken && text.trim())
  const place = () => {
    setBusy(true)
    api
      .post<{ blocks: string[] }>('/prompts/documents/placed', {
        ...{ flowId, lang, name: read?.name.replace(/\.\w+$/, '') || t('document.unnamed') },
        passages: chosen.map(({ text }) => text),
        ...choice,
      })
      .then(({ blocks }) => {
        void message.success(t('document.placed', { count: blocks.length }))
        navigate(`/flows/${flowId}`)
      })
      .catch(showError)
      .finally(() => setBusy(false))
  }
  if (!read)
    return (
      <div className="document">
        <p className="quiet">
          {t('document.hint')} <Link to="/knowledge">{t('document.knowledge')}</Link>
        </p>
        <Upload.Dragger
          accept=".docx,.xlsx,.csv,.txt,.md"
          showUploadList={false}
          disabled={busy}
          beforeUpload={(file) => {
            take(file)
            return false
          }}
        >
          <p className="ant-upload-drag-icon">
            <FileTextOutlined aria-hidden />
          </p>
          <p>{t(busy ? 'document.reading' : 'document.drop')}</p>
        </Upload.Dragger>
      </div>
    )
  return (
    <div className="document">
      <div className="bar">
        <strong>{read.name}</strong>
        <span className="quiet bar-hint">
          {t('document.found', {
            count: chosen.length,
            minutes: Math.max(1, Math.round(read.seconds / 60)),
          })}
        </span>
        <Button onClick={() => setRead(undefined)}>{t('document.other')}</Button>
      </div>
      <div className="bar">
        <Select
          aria-label={t('document.lang')}
          value={lang}
          onChange={(next: string) => {
            setLang(next)
            choose({})
          }}
          style={{ minWidth: 130 }}
          options={LANGS.map((value) => ({ value, label: labels.lang(value) }))}
        />
        <Select
          aria-label={t('document.flow')}
          placeholder={t('document.flow')}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 220 }}
          value={flowId ?? null}
          onChange={(id: string | null) => setFlowId(id ?? undefined)}
          options={(flows.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Button type="primary" loading={busy} disabled={!flowId || !chosen.length} onClick={place}>
          {t('document.place', { count: chosen.length })}
        </Button>
      </div>
      <VoicePicker lang={lang} value={choice} usual={{}} onChange={choose} />
      <ol className="passages">
        {passages.map(({ text, taken }, at) => (
          <li key={at}>
            <Checkbox
              checked={taken}
              aria-label={t('document.take', { number: at + 1 })}
              onChange={({ target }) => change(at, { taken: target.checked })}
            />
            <div className="passage">
              <Input.TextArea
                autoSize={{ minRows: 1, maxRows: 8 }}
                maxLength={2000}
                aria-label={t('document.passage', { number: at + 1 })}
                disabled={!taken}
                value={text}
                onChange={(event) => change(at, { text: event.target.value })}
              />
              {taken && <Hear {...{ lang, text, choice }} />}
            </div>
          </li>
        ))}
      </ol>
    </div>
  )

  function change(at: number, to: Partial<Passage>): void {
    setPassages((all) => all.map((each, other) => (other === at ? { ...each, ...to } : each)))
  }
}
