import { ArrowLeftOutlined, LockOutlined } from '@ant-design/icons'
import { Alert, Button, Segmented } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { RecordedView } from '../../../../../gateway/trials/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Load } from '../../../records/Load.tsx'
import { useOne } from '../../../records/useOne.ts'
import { useFlowEditor } from '../../editor/flow-editor.ts'
import { compareRuns, strayed } from '../divergence.ts'
import { pastTrial } from '../past-trial.ts'
import { Unfinished } from '../Unfinished.tsx'
import { useRun } from '../useRun.ts'
import { useTrial } from '../useTrial.ts'
import { wayOverlay } from '../way.ts'
import { Moments } from './Moments.tsx'
import { useVersionThen } from './useVersionThen.ts'

interface Props {
  id: string
  onBack(): void
  onTry(): void
}

/** Both ways of one conversation: through the version of that day and through the draft, and where they part. */
export function Replay({ id, onBack, onTry }: Props) {
  const t = useT('flows/trial')
  const recorded = useOne<RecordedView>('/trials/conversations', id)
  return (
    <div className="trial-replay">
      <Button type="link" size="small" icon={<ArrowLeftOutlined aria-hidden />} onClick={onBack}>
        {t('recent')}
      </Button>
      <Load of={recorded}>{(view) => <Both view={view} onTry={onTry} />}</Load>
    </div>
  )
}

function Both({ view, onTry }: { view: RecordedView; onTry(): void }) {
  const t = useT('flows/trial')
  const trial = useTrial()
  const { flowId, doc, others, world, timezone, change } = trial
  const { showOverlay } = useFlowEditor()
  const [shown, show] = useState<'now' | 'then'>('now')
  const before = useVersionThen(view)
  const past = useMemo(() => pastTrial(view, timezone), [view, timezone])
  const nowOptions = useMemo(
    () => (doc && others.data && world ? { doc, others: others.data, world, ...past } : undefined),
    [doc, others.data, world, past],
  )
  const thenOptions = useMemo(
    () => (before.data && world ? { ...before.data, world, ...past } : undefined),
    [before.data, world, past],
  )
  const now = useRun(nowOptions)
  const then = useRun(thenOptions)
  const ready = now.moments.length > 0 && then.moments.length > 0 && !now.running && !then.running
  const differs = useMemo(
    () => (ready ? compareRuns(then.moments, now.moments) : undefined),
    [ready, then.moments, now.moments],
  )
  const astray = ready ? strayed(then.moments, view) : undefined
  const moments = (shown === 'now' ? now : then).moments
  useEffect(() => {
    if (moments.length > 0) showOverlay(wayOverlay(moments, flowId))
  }, [moments, flowId, showOverlay])
  useEffect(() => () => showOverlay(undefined), [showOverlay])
  return (
    <>
      <Unfinished trial={trial} />
      {view.masked && (
        <p className="quiet">
          <LockOutlined aria-hidden /> {t('masked')}
        </p>
      )}
      {view.flow !== flowId && (
        <Alert type="warning" showIcon title={t('otherFlow', { flow: view.flow })} />
      )}
      {view.cut && <Alert type="info" showIcon title={t('cut')} />}
      <Load of={before}>{() => null}</Load>
      {differs && (
        <Alert
          type={differs.way === undefined ? 'success' : 'warning'}
          showIcon
          role="status"
          title={
            differs.way === undefined
              ? t(differs.words === undefined ? 'sameWay' : 'otherWords', {
                  step: (differs.words ?? 0) + 1,
                })
              : t('otherWay', { step: differs.way + 1 })
          }
        />
      )}
      {astray !== undefined && <p className="quiet">{t('astray', { step: astray + 1 })}</p>}
      <div className="bar">
        <Segmented
          size="small"
          value={shown}
          onChange={show}
          options={(['now', 'then'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
        />
        <Button
          size="small"
          onClick={() => {
            change(() => past)
            onTry()
          }}
        >
          {t('openInTry')}
        </Button>
      </div>
      <Moments
        now={now.moments}
        then={then.moments}
        recorded={view.turns}
        channel={view.channel}
        {...(differs && { differs })}
      />
    </>
  )
}
