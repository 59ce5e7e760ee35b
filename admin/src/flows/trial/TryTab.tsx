import { Alert, Button } from 'antd'
import { RedoOutlined, SaveOutlined, StepBackwardOutlined } from '@ant-design/icons'
import { useEffect, useMemo, useState } from 'react'
import type { TestInput } from '../../../../bots/flow/flow-test.ts'
import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { Facts } from './Facts.tsx'
import { InputBar } from './InputBar.tsx'
import { SaveTest } from './SaveTest.tsx'
import { SetupForm } from './SetupForm.tsx'
import { Transcript } from './Transcript.tsx'
import { Unfinished } from './Unfinished.tsx'
import { useRun } from './useRun.ts'
import { useTrial } from './useTrial.ts'
import { wayOverlay } from './way.ts'

/** Talk to the flow as it is drawn: every change of it runs the same inputs again. */
export function TryTab() {
  const t = useT('flows/trial')
  const trial = useTrial()
  const { flowId, doc, others, world, kept, change } = trial
  const { showOverlay } = useFlowEditor()
  const [saving, setSaving] = useState(false)
  const options = useMemo(
    () =>
      doc && others.data && world
        ? {
            ...{ doc, others: others.data, world },
            setup: kept.setup,
            inputs: kept.inputs,
            ...(kept.queued && { queued: kept.queued }),
          }
        : undefined,
    [doc, others.data, world, kept],
  )
  const run = useRun(options)
  const { moments } = run
  useEffect(() => {
    if (moments.length > 0) showOverlay(wayOverlay(moments, flowId))
  }, [moments, flowId, showOverlay])
  useEffect(() => () => showOverlay(undefined), [showOverlay])

  const now = moments.at(-1)
  const { queued } = kept
  const feed = (input: TestInput) =>
    change(({ setup, inputs }) => ({
      setup,
      inputs: [...inputs, input],
      ...(queued && { queued }),
    }))
  const restart = () => change(({ setup }) => ({ setup, inputs: [] }))
  const back = () => change((before) => ({ ...before, inputs: before.inputs.slice(0, -1) }))
  return (
    <div className="trial-try">
      <Unfinished trial={trial} />
      <SetupForm trial={trial} />
      {run.error !== undefined && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('engineFault')}
          description={String(run.error)}
        />
      )}
      <Transcript
        moments={moments}
        channel={kept.setup.channel}
        onChoose={(id, block) => feed({ in: id, as: 'choice', block })}
      />
      {now && <InputBar now={now} channel={kept.setup.channel} onInput={feed} />}
      <div className="bar trial-tools">
        <Button size="small" icon={<RedoOutlined aria-hidden />} onClick={restart}>
          {t('restart')}
        </Button>
        <Button
          size="small"
          icon={<StepBackwardOutlined aria-hidden />}
          disabled={kept.inputs.length === 0}
          onClick={back}
        >
          {t('back')}
        </Button>
        <Button
          size="small"
          icon={<SaveOutlined aria-hidden />}
          disabled={moments.length === 0 || run.running}
          onClick={() => setSaving(true)}
        >
          {t('saveTest')}
        </Button>
      </div>
      {now && <Facts moments={moments} timezone={trial.timezone} />}
      {saving && doc && (
        <SaveTest doc={doc} setup={kept.setup} moments={moments} onClose={() => setSaving(false)} />
      )}
    </div>
  )
}
