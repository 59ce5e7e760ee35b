import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { FlowTest } from '../../../../../bots/flow/flow-test.ts'
import type { FlowDoc } from '../../../../../bots/flow/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { StepsEditor } from './StepsEditor.tsx'

interface Props {
  doc: FlowDoc
  test: FlowTest
  onSave(test: FlowTest): void
  onClose(): void
}

/** Renames a test and changes what it does and expects. */
export function TestDialog({ doc, test: before, onSave, onClose }: Props) {
  const t = useT('flows/trial')
  const [test, setTest] = useState(before)
  const name = test.name.trim()
  return (
    <Modal
      open
      width={680}
      title={t('editTest')}
      okText={t('save')}
      okButtonProps={{ disabled: !name }}
      onOk={() => onSave({ ...test, name })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('testName')} htmlFor="trial-edit-name" required>
          <Input
            id="trial-edit-name"
            value={test.name}
            maxLength={120}
            onChange={({ target }) => setTest({ ...test, name: target.value })}
          />
        </Form.Item>
      </Form>
      <StepsEditor doc={doc} test={test} onChange={setTest} />
    </Modal>
  )
}
