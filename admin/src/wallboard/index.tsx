import { FullscreenExitOutlined, FullscreenOutlined } from '@ant-design/icons'
import { Button, ConfigProvider, theme as antTheme } from 'antd'
import { useMemo, useRef } from 'react'
import { clock } from '../desk/duration.ts'
import { NotConnected } from '../desk/status/NotConnected.tsx'
import { useDeskState } from '../desk/useDesk.ts'
import { useServerNow } from '../desk/useServerNow.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { AgentGrid } from './AgentGrid.tsx'
import { BigNumber } from './BigNumber.tsx'
import { colours } from './colours.ts'
import { DayNumbers } from './DayNumbers.tsx'
import { QueueTable } from './QueueTable.tsx'
import { StatesChart } from './StatesChart.tsx'
import { WaitingChart } from './WaitingChart.tsx'
import { serving, totals } from './figures.ts'
import { useFullScreen } from './useFullScreen.ts'
import { useSamples } from './useSamples.ts'
import { worstPressure } from './worstPressure.ts'
import './wallboard.css'

const dark = {
  algorithm: antTheme.darkAlgorithm,
  token: { colorTextBase: colours.ink, colorBgBase: colours.panel, colorBgElevated: '#1b3b37' },
}

/** The hall's screen: who waits, who works, how the day goes. */
export default function WallboardPage() {
  const arrived = useDeskState((state) => state.me !== undefined)
  return arrived ? <Board /> : <NotConnected />
}

function Board() {
  const t = useT('wallboard')
  const words = useT('desk')
  const format = useFormat()
  const nowMs = useServerNow()
  const queues = useDeskState((state) => state.queues)
  const queuesAtMs = useDeskState((state) => state.queuesAtMs)
  const agents = useDeskState((state) => state.agents)
  const day = useDeskState((state) => state.day)
  const calls = useDeskState((state) => state.callsNow)
  const lost = useDeskState((state) => state.link !== 'online')
  const box = useRef<HTMLDivElement>(null)
  const { full, toggle } = useFullScreen(box)

  const everyone = useMemo(() => serving(Object.values(agents)), [agents])
  const elapsedMs = nowMs - queuesAtMs
  const sums = totals(queues, everyone, elapsedMs)
  const byState = useMemo(() => totals([], everyone, 0).byState, [everyone])
  const samples = useSamples(sums.waiting)

  return (
    <ConfigProvider theme={dark}>
      <div className="wallboard" ref={box}>
        <header className="wall-head">
          <h1>{t('title')}</h1>
          {lost && <span className="wall-lost">{words('link.lost')}</span>}
          <time>{format.dateTime(nowMs)}</time>
          <Button
            type="text"
            icon={
              full ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />
            }
            onClick={toggle}
          >
            {t(full ? 'leaveFull' : 'full')}
          </Button>
        </header>
        <div className="wall-numbers">
          <BigNumber
            label={t('waiting')}
            value={sums.waiting}
            tone={worstPressure(queues, elapsedMs)}
          />
          <BigNumber
            label={t('longest')}
            value={clock(sums.longestWaitMs)}
            tone={worstPressure(queues, elapsedMs)}
          />
          <BigNumber label={t('serving')} value={sums.serving} />
          <BigNumber label={t('callsWaiting')} value={calls.waiting} />
          <BigNumber label={t('callsTalking')} value={calls.talking} />
          <BigNumber label={words('state.ready')} value={byState.ready} state="ready" />
          <BigNumber label={words('state.busy')} value={byState.busy} state="busy" />
          <BigNumber label={words('state.wrapUp')} value={byState.wrapUp} state="wrapUp" />
        </div>
        <div className="wall-middle">
          <section className="wall-panel">
            <h2>{t('queues')}</h2>
            <QueueTable queues={queues} elapsedMs={elapsedMs} />
          </section>
          <section className="wall-panel">
            <h2>{t('waitingChart')}</h2>
            <WaitingChart samples={samples} />
          </section>
          <section className="wall-panel">
            <h2>{t('statesChart')}</h2>
            <StatesChart byState={byState} />
          </section>
        </div>
        <section className="wall-panel">
          <h2>{t('agents', { present: sums.present, all: everyone.length })}</h2>
          <AgentGrid agents={everyone} nowMs={nowMs} />
        </section>
        {day && (
          <section className="wall-panel">
            <h2>{t('today')}</h2>
            <DayNumbers day={day} />
          </section>
        )}
      </div>
    </ConfigProvider>
  )
}
