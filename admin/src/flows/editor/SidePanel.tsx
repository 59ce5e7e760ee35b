import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Badge, Button, Skeleton, Tabs } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { ComponentType } from 'react'
import { useT } from '../../i18n/index.ts'
import { useEditorView } from './editor-view.ts'
import { useFlowEditor } from './flow-editor.ts'
import { ManyChosen } from './ManyChosen.tsx'
import { NothingChosen } from './NothingChosen.tsx'
import { ProblemList } from './ProblemList.tsx'

type Part = Record<string, ComponentType<{ blockId: string }>>
/** Parts of others; each is loaded when its tab is first looked at. */
const files = import.meta.glob<Part>([
  '../form/BlockForm.tsx',
  '../form/FlowForm.tsx',
  '../trial/TrialPane.tsx',
  '../measure/MeasurePane.tsx',
])

function part(path: string): ComponentType<{ blockId: string }> | undefined {
  const load = files[path]
  const name = path.slice(path.lastIndexOf('/') + 1, -'.tsx'.length)
  return load && lazy(async () => ({ default: (await load())[name]! }))
}

const BlockForm = part('../form/BlockForm.tsx')
const FlowForm = part('../form/FlowForm.tsx')
const TrialPane = part('../trial/TrialPane.tsx')
const MeasurePane = part('../measure/MeasurePane.tsx')

/** Beside the drawing: what the chosen block says and does, the flow's settings, trials, figures, problems. */
export function SidePanel() {
  const t = useT('flows/editor')
  const { selection, problems } = useFlowEditor()
  const { formAsked } = useEditorView()
  const [tab, setTab] = useState('block')
  const [open, setOpen] = useState(true)
  const [asked, setAsked] = useState(formAsked)
  const panel = useRef<HTMLElement>(null)
  const block = selection.at(-1)
  // asked for from canvas or outline: shown at once, and the focus goes into it below
  if (formAsked !== asked) {
    setAsked(formAsked)
    setTab('block')
    setOpen(true)
  }
  useEffect(() => {
    if (!formAsked) return
    let frame = 0
    const look = (times: number) => {
      const fields = panel.current?.querySelectorAll<HTMLElement>(FIELD) ?? []
      const field = [...fields].find((each) => each.offsetParent !== null)
      if (field) field.focus()
      // the form may still be on its way here
      else if (times > 0) frame = requestAnimationFrame(() => look(times - 1))
    }
    frame = requestAnimationFrame(() => look(FRAMES))
    return () => cancelAnimationFrame(frame)
  }, [formAsked])
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const items = [
    {
      key: 'block',
      label: t('tab.block'),
      children: chosen(),
    },
    {
      key: 'problems',
      label: (
        <Badge
          count={problems.length}
          size="small"
          offset={[10, -4]}
          color={errors > 0 ? '#b91c1c' : '#b45309'}
        >
          {t('tab.problems')}
        </Badge>
      ),
      children: <ProblemList />,
    },
    ...(FlowForm ? [{ key: 'flow', label: t('tab.flow'), children: <FlowForm blockId="" /> }] : []),
    ...(TrialPane ? [{ key: 'try', label: t('tab.try'), children: <TrialPane blockId="" /> }] : []),
    ...(MeasurePane ? [{ key: 'measure', label: t('tab.measure'), children: <MeasurePane blockId="" /> }] : []), // prettier-ignore
  ]
  function chosen() {
    if (block === undefined) return <NothingChosen />
    if (selection.length > 1) return <ManyChosen />
    return BlockForm ? <BlockForm key={block} blockId={block} /> : <p className="quiet">{block}</p>
  }
  return (
    <aside
      className={open ? 'flow-side' : 'flow-side flow-side-closed'}
      aria-label={t('panel')}
      ref={panel}
    >
      <Button
        type="text"
        size="small"
        className="flow-side-fold"
        aria-expanded={open}
        aria-label={t(open ? 'fold' : 'unfold')}
        icon={open ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Tabs
          size="small"
          activeKey={tab}
          onChange={setTab}
          items={items.map((item) => ({
            ...item,
            children: (
              <div className="flow-side-content">
                <Suspense fallback={<Skeleton active />}>{item.children}</Suspense>
              </div>
            ),
          }))}
        />
      )}
    </aside>
  )
}

/** some seconds */
const FRAMES = 300
const FIELD =
  '.flow-side-content input:not([type=hidden]), .flow-side-content textarea, .flow-side-content [contenteditable]'
