import { Button, Drawer, Form } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'
import { clearIssues } from './clearIssues.ts'
import { FormNotices } from './FormNotices.tsx'
import { useConfirm } from './useConfirm.ts'
import type { RecordForm } from './useRecordForm.ts'

interface Props<V extends object> {
  title: ReactNode
  edit: RecordForm<V>
  onClose(): void
  children: ReactNode
  /** buttons at the left of the footer, e.g. delete */
  aside?: ReactNode
  size?: number
  readOnly?: boolean
  /** what the button says that is not to save but to do */
  saveWord?: string
  label?: (field: string) => string
}

/** A form in a drawer: notices above, save below, and a question before unsaved words are dropped. */
export function RecordDrawer<V extends object>(props: Props<V>) {
  const { title, edit, onClose, children, aside, size = 520, readOnly = false, label } = props
  const { saveWord } = props
  const t = useT('records')
  const confirm = useConfirm()
  const close = async () => {
    const dropped =
      readOnly ||
      !edit.isDirty() ||
      (await confirm({
        title: t('leave.title'),
        text: t('leave.text'),
        ok: t('leave.ok'),
        cancel: t('leave.stay'),
        danger: true,
      }))
    if (dropped) onClose()
  }
  return (
    <Drawer
      open
      title={title}
      size={size}
      onClose={() => void close()}
      footer={
        <div className="drawer-foot">
          {aside}
          <span className="drawer-foot-gap" />
          <Button onClick={() => void close()}>{t(readOnly ? 'close' : 'cancel')}</Button>
          {!readOnly && (
            <Button type="primary" loading={edit.saving} onClick={() => void edit.submit()}>
              {saveWord ?? t('save')}
            </Button>
          )}
        </div>
      }
    >
      <FormNotices edit={edit} label={label} />
      <Form
        form={edit.form}
        initialValues={edit.initial}
        layout="vertical"
        className="record-form"
        disabled={readOnly}
        onValuesChange={(changed) => clearIssues(edit.form, changed)}
        onFinish={() => void edit.submit()}
      >
        {children}
        {/* lets Enter in a field save, as in every form */}
        <button type="submit" className="seen-by-readers" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Drawer>
  )
}
