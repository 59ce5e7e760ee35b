import { App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { FlowTest } from '../../../../bots/flow/flow-test.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { proposeTest } from './propose.ts'
import type { Moment } from './run.ts'
import type { Setup } from './setup.ts'
import { StepsEditor } from './tests/StepsEditor.tsx'
import { addTest } from './tests/edit-tests.ts'

interface Props {
  doc: FlowDoc
  setup: Setup
  moments: readonly Moment[]
  onClose(): void
}

/** Keeps the trial as a test of the flow, with what happened proposed as what is expected. */
export function SaveTest({ doc, setup, moments, onClose }: Props) {
  const t = useT('flows/trial')
  const { change } = useFlowEditor()
  const { message } = App.useApp()
  const [test, setTest] = useState<FlowTest>(() => proposeTest('', doc, setup, moments))
  const [missing, setMissing] = useState(false)
  const save = () => {
    const name = test.name.trim()
    if (!name) return setMissing(true)
    change((draft) => addTest(draft, { ...test, name }))
    void message.success(t('testSaved'))
    onClose()
  }
  return (
    <Modal open width={680} title={t('saveTest')} okText={t('save')} onOk={save} onCancel={onClose}>
      <Form layout="vertical" onFinish={save}>
        <Form.Item
          label={t('testName')}
          required
          htmlFor="trial-test-name"
          validateStatus={missing && !test.name.trim() ? 'error' : ''}
          help={missing && !test.name.trim() ? t('nameMissing') : undefined}
        >
          <Input
            id="trial-test-name"
            autoFocus
            value={test.name}
            maxLength={120}
            placeholder={t('testNameHint')}
            onChange={({ target }) => setTest({ ...test, name: target.value })}
          />
        </Form.Item>
      </Form>
      <p className="quiet">{t('proposed')}</p>
      <StepsEditor doc={doc} test={test} onChange={setTest} />
    </Modal>
  )
}
