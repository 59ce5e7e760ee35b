import { App, Form, Input, InputNumber, Switch } from 'antd'
import { createSceneBody, updateSceneBody } from '../../../../../channels/wechat/schema.ts'
import type { SceneView } from '../../../../../channels/wechat/schema.ts'
import { api } from '../../../api/client.ts'
import { useT } from '../../../i18n/index.ts'
import { RecordDrawer } from '../../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../../records/RemoveButton.tsx'
import { useRecordForm } from '../../../records/useRecordForm.ts'

interface Props {
  accountId: string
  /** undefined: a new one */
  scene: SceneView | undefined
  onClose(): void
}

interface Values {
  name: string
  scene: string
  hint: string
  lasting: boolean
  days: number
}

const toValues = (scene: SceneView | undefined): Values => ({
  name: scene?.name ?? '',
  scene: scene?.scene ?? '',
  hint: scene?.hint ?? '',
  lasting: scene?.lasting ?? true,
  days: 30,
})

export function SceneDrawer({ accountId, scene, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const { message } = App.useApp()
  const path = `/wechat/${accountId}/scenes`
  const at = scene && `${path}/${encodeURIComponent(scene.scene)}`
  const edit = useRecordForm<SceneView, Values>({
    record: scene,
    toValues,
    ...(scene && { toBody: ({ name, hint }: Values) => ({ name, hint }) }),
    schema: scene ? updateSceneBody : createSceneBody,
    send: (body) => (at ? api.patch<SceneView>(at, body) : api.post<SceneView>(path, body)),
    touches: [path],
    onSaved: () => {
      void message.success(t('channels.scenes.saved'))
      onClose()
    },
  })
  const lasting = Form.useWatch('lasting', edit.form)
  const label = (field: string) => t(`channels.scenes.${field === 'hint' ? 'purpose' : field}`)
  return (
    <RecordDrawer
      title={scene ? scene.name : words('create')}
      edit={edit}
      label={label}
      onClose={onClose}
      aside={
        at && (
          <RemoveButton
            path={at}
            title={t('removeTitle', { name: scene.name })}
            text={t('channels.scenes.removeText')}
            touches={[path]}
            onRemoved={onClose}
          />
        )
      }
    >
      <Form.Item name="name" label={label('name')} required extra={label('nameHint')}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="scene" label={label('scene')} required extra={label('sceneHint')}>
        <Input maxLength={64} spellCheck={false} disabled={scene !== undefined} />
      </Form.Item>
      <Form.Item name="hint" label={label('purpose')} extra={label('purposeHint')}>
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
      {!scene && (
        <>
          <Form.Item
            name="lasting"
            label={label('lasting')}
            valuePropName="checked"
            extra={label('lastingHint')}
          >
            <Switch />
          </Form.Item>
          {lasting === false && (
            <Form.Item name="days" label={label('days')}>
              <InputNumber min={1} max={30} precision={0} />
            </Form.Item>
          )}
        </>
      )}
    </RecordDrawer>
  )
}
