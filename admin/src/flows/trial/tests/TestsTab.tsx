import { Alert, Button, Empty, Switch } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useT } from '../../../i18n/index.ts'
import { useConfirm } from '../../../records/useConfirm.ts'
import { useFlowEditor } from '../../editor/flow-editor.ts'
import { trialOf } from '../setup.ts'
import { Unfinished } from '../Unfinished.tsx'
import { useTrial } from '../useTrial.ts'
import { coverageOf } from './coverage.ts'
import { duplicateTest, putTest, removeTest } from './edit-tests.ts'
import { TestDialog } from './TestDialog.tsx'
import { TestRow } from './TestRow.tsx'
import { Untouched } from './Untouched.tsx'
import { useSuite } from './useSuite.ts'

/** The flow's own tests: run at every change here, before publishing and in CI, all from the same document. */
export function TestsTab({ onTry }: { onTry(): void }) {
  const t = useT('flows/trial')
  const trial = useTrial()
  const { doc, others, brokenTests, change, fresh } = trial
  const { change: edit, showOverlay } = useFlowEditor()
  const confirm = useConfirm()
  const suite = useSuite(doc, others.data)
  const [lit, light] = useState(true)
  const [editing, setEditing] = useState<number>()
  const [only, setOnly] = useState<number>()
  const coverage = useMemo(() => doc && coverageOf(doc, suite.results), [doc, suite.results])
  useEffect(() => {
    const shown = only === undefined ? coverage : coverageOfOne()
    showOverlay(
      lit && shown ? { kind: 'path', blocks: shown.blocks, exits: shown.exits } : undefined,
    )
    function coverageOfOne() {
      const report = suite.results.get(only!)
      return doc && report && coverageOf(doc, new Map([[only!, report]]))
    }
  }, [lit, only, coverage, doc, suite.results, showOverlay])
  useEffect(() => () => showOverlay(undefined), [showOverlay])

  const tests = doc?.tests ?? []
  // the document may hold tests that cannot be read; the numbers of those before shift the others
  const place = (at: number) => {
    let index = at
    for (const broken of brokenTests) if (broken <= index) index++
    return index
  }
  const failed = [...suite.results.values()].filter(({ failures }) => failures.length > 0).length
  const edited = editing === undefined ? undefined : tests[editing]
  return (
    <div className="trial-tests">
      <Unfinished trial={trial} />
      {brokenTests.length > 0 && (
        <Alert type="warning" showIcon title={t('brokenTests', { count: brokenTests.length })} />
      )}
      {tests.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noTests')}>
          <Button type="primary" onClick={onTry}>
            {t('toTry')}
          </Button>
        </Empty>
      ) : (
        <>
          <div className="bar">
            <Button size="small" loading={suite.running} onClick={suite.again}>
              {t('runAll')}
            </Button>
            <span role="status" className={failed > 0 ? 'trial-failed' : 'trial-passed'}>
              {failed > 0
                ? t('someFail', { failed, count: tests.length })
                : t('allPass', { count: tests.length })}
            </span>
            <label className="trial-switch">
              <Switch size="small" checked={lit} onChange={light} /> {t('light')}
            </label>
          </div>
          <ul className="trial-list">
            {tests.map((test, at) => (
              <TestRow
                key={at}
                test={test}
                report={suite.results.get(at)}
                chosen={only === at}
                onChoose={() => setOnly(only === at ? undefined : at)}
                onRun={() => {
                  change(() => trialOf(test, fresh().setup))
                  onTry()
                }}
                onEdit={() => setEditing(at)}
                onDuplicate={() =>
                  edit((draft) => duplicateTest(draft, place(at), t('copySuffix')))
                }
                onRemove={async () => {
                  const sure = await confirm({
                    title: t('removeTest', { name: test.name }),
                    text: t('removeTestText'),
                    ok: t('remove'),
                    danger: true,
                  })
                  if (sure) edit((draft) => removeTest(draft, place(at)))
                }}
              />
            ))}
          </ul>
          {coverage && <Untouched coverage={coverage} />}
        </>
      )}
      {doc && edited && (
        <TestDialog
          doc={doc}
          test={edited}
          onSave={(test) => {
            edit((draft) => putTest(draft, place(editing!), test))
            setEditing(undefined)
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  )
}
