import { PhoneOutlined } from '@ant-design/icons'
import { Alert, Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { RecordedView } from '../../../../../gateway/trials/schema.ts'
import { api } from '../../../api/client.ts'
import { ErrorNotice } from '../../../api/ErrorNotice.tsx'
import { Keypad } from '../../../desk/phone/Keypad.tsx'
import type { LineFault } from '../../../desk/phone/line.ts'
import { useLang, useT } from '../../../i18n/index.ts'
import { useLabels } from '../../../records/useLabels.ts'
import { useFlowEditor } from '../../editor/flow-editor.ts'
import { langsOf } from '../../document/new-block.ts'
import { ProblemLine } from '../../ProblemLine.tsx'
import type { Problem } from '../../useProblems.ts'
import { inputWords } from '../input-words.ts'
import { pastTrial } from '../past-trial.ts'
import { useTrial } from '../useTrial.ts'
import { useTrialCall } from './useTrialCall.ts'

/** Rings this browser with the draft as it is at this moment. */
export function CallTab({ onTry }: { onTry(): void }) {
  const t = useT('flows/trial')
  const labels = useLabels()
  const { doc: draft, flowId, select, showOverlay } = useFlowEditor()
  const { kept, change, timezone } = useTrial()
  const call = useTrialCall()
  const [lang, setLang] = useState(kept.setup.lang)
  const [caller, setCaller] = useState(kept.setup.call.caller ?? '')
  const [checked, setChecked] = useState<{ problems: Problem[]; error?: unknown }>()
  const turns = call.told?.turns
  useEffect(() => {
    if (!turns) return
    const blocks = turns.flatMap(({ said }) => said.map(({ block }) => block))
    const at = blocks.at(-1)
    const path = { kind: 'path', blocks: new Set(blocks), exits: new Set<string>() } as const
    showOverlay({ ...path, ...(at !== undefined && { at }) })
  }, [turns, showOverlay])
  useEffect(() => () => showOverlay(undefined), [showOverlay])

  const start = async () => {
    setChecked(undefined)
    try {
      const { items } = await api.post<{ items: Problem[] }>(`/flows/${flowId}/validate`, {
        doc: draft,
      })
      const problems = items.filter(({ severity }) => severity === 'error')
      setChecked({ problems })
      if (problems.length > 0) return
      call.start({ doc: draft, lang, ...(caller && { caller }) })
    } catch (error) {
      setChecked({ problems: [], error })
    }
  }
  const takeOver = async () => {
    const id = call.told?.conversationId
    if (!id) return
    const recorded = await api.get<RecordedView>(`/trials/conversations/${id}`)
    change(() => pastTrial(recorded, timezone))
    onTry()
  }
  const running = call.view !== undefined
  return (
    <div className="trial-call">
      <p className="quiet">{t('callHint')}</p>
      {!running && (
        <>
          <div className="trial-fields">
            <label>
              {t('lang')}
              <Select
                value={lang}
                options={langsOf(draft).map((value) => ({ value, label: labels.lang(value) }))}
                onChange={setLang}
              />
            </label>
            <label>
              {t('caller')}
              <Input
                value={caller}
                maxLength={20}
                placeholder="13800000000"
                onChange={({ target }) => setCaller(target.value.replace(/[^\d+*#]/g, ''))}
              />
            </label>
          </div>
          <Button type="primary" icon={<PhoneOutlined aria-hidden />} onClick={() => void start()}>
            {t('callMe')}
          </Button>
        </>
      )}
      <Fault fault={call.fault} />
      {checked?.error !== undefined && <ErrorNotice error={checked.error} />}
      {checked && checked.problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('callProblems')}
          description={
            <ul className="problems">
              {checked.problems.map((problem, at) => (
                <ProblemLine
                  key={at}
                  problem={problem}
                  onGo={(id) => select([id], { bringIntoView: true })}
                />
              ))}
            </ul>
          }
        />
      )}
      {running && (
        <>
          <p role="status">{t(`line.${call.view!.state}`)}</p>
          <Keypad onKey={call.press} />
          <Button danger onClick={call.hangUp}>
            {t('input.hangup')}
          </Button>
        </>
      )}
      {turns && (
        <div className="trial-log" role="log" aria-label={t('log')} tabIndex={0}>
          {turns.map(({ input, said }, at) => (
            <div key={at} className="trial-moment">
              {input && <p className="trial-person">{inputWords(input, 'voice', t)}</p>}
              {said.map(({ text }, index) => (
                <p key={index} className="trial-bot">
                  {text}
                </p>
              ))}
            </div>
          ))}
        </div>
      )}
      {call.told?.over && (
        <p>
          {t('callOver')}{' '}
          {call.told.conversationId && (
            <Button size="small" onClick={() => void takeOver()}>
              {t('openInTry')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

function Fault({ fault }: { fault: LineFault | undefined }) {
  const t = useT('flows/trial')
  const lang = useLang()
  if (!fault) return null
  const title =
    fault.kind === 'microphone'
      ? t(`microphone.${fault.why}`)
      : fault.kind === 'server'
        ? fault.error[lang === 'en' ? 'en' : 'zh']
        : t('line.lost')
  return <Alert type="error" showIcon role="alert" title={title} />
}
