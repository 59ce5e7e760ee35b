import { Skeleton, Tabs } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import './trial.css'

// the engine comes along with each of them
const TryTab = lazy(() =>
  import('./TryTab.tsx').then(({ TryTab: default_ }) => ({ default: default_ })),
)
const TestsTab = lazy(() =>
  import('./tests/TestsTab.tsx').then(({ TestsTab: default_ }) => ({ default: default_ })),
)
const ReplayTab = lazy(() =>
  import('./replay/ReplayTab.tsx').then(({ ReplayTab: default_ }) => ({ default: default_ })),
)
const CallTab = lazy(() => import('./call/CallTab.tsx').then(({ CallTab: default_ }) => ({ default: default_ }))) // prettier-ignore

/** The flow as it stands, tried: talked to, held to its tests, met with a past conversation, called. */
export function TrialPane() {
  const t = useT('flows/trial')
  const [tab, setTab] = useState('try')
  const go = () => setTab('try')
  const tabs = [
    { key: 'try', children: <TryTab /> },
    { key: 'tests', children: <TestsTab onTry={go} /> },
    { key: 'replay', children: <ReplayTab onTry={go} /> },
    { key: 'call', children: <CallTab onTry={go} /> },
  ]
  return (
    <section className="trial" aria-label={t('title')}>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={tabs.map(({ key, children }) => ({
          key,
          label: t(`tab.${key}`),
          children: <Suspense fallback={<Skeleton active />}>{children}</Suspense>,
        }))}
      />
    </section>
  )
}
