import { App, Button, Form } from 'antd'
import { deskChoicesView } from '../../../../gateway/desk/schema.ts'
import type { DeskChoicesView } from '../../../../gateway/desk/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { clearIssues } from '../../records/clearIssues.ts'
import { FormNotices } from '../../records/FormNotices.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { newKey } from '../newKey.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { choicesBody, lists } from './choicesForm.ts'
import type { ChoiceValues } from './choicesForm.ts'

export function ChoicesForm({ stored }: { stored: DeskChoicesView }) {
  const t = useT('settings')
  const words = useT('records')
  const { message } = App.useApp()
  const edit = useRecordForm<DeskChoicesView, ChoiceValues>({
    record: stored,
    toValues: (record) => record ?? { wrapUpCodes: [], busyReasons: [], departments: [] },
    toBody: (values) => choicesBody(values, newKey),
    schema: deskChoicesView.superRefine((body, context) => {
      for (const list of lists)
        body[list].forEach(({ name }, at) => {
          for (const lang of ['zh', 'en'] as const)
            if (!name[lang])
              context.addIssue({
                code: 'custom',
                path: [list, at, 'name', lang],
                message: words('issue.required'),
              })
        })
    }),
    send: (body) => api.put<DeskChoicesView>('/desk-choices', body),
    touches: ['/desk-choices'],
    onSaved: () => void message.success(t('choices.saved')),
  })
  return (
    <>
      <FormNotices edit={edit} label={(field) => t(`choices.${field}`)} />
      <Form
        form={edit.form}
        initialValues={edit.initial}
        layout="vertical"
        onValuesChange={(changed) => clearIssues(edit.form, changed)}
        onFinish={() => void edit.submit()}
      >
        <div className="choices">
          {lists.map((list) => (
            <ChoiceList key={list} list={list} />
          ))}
        </div>
        <Button className="part" type="primary" htmlType="submit" loading={edit.saving}>
          {words('save')}
        </Button>
      </Form>
    </>
  )
}
