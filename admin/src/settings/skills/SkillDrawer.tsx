import { App } from 'antd'
import { skillView } from '../../../../gateway/routing/schema.ts'
import type { SkillView } from '../../../../gateway/routing/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { KeyField } from '../KeyField.tsx'

interface Props {
  skill: SkillView | undefined
  onClose(): void
}

export function SkillDrawer({ skill, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const { message } = App.useApp()
  const edit = useRecordForm<SkillView, SkillView>({
    record: skill,
    toValues: (stored) => stored ?? { id: '', name: { zh: '', en: '' } },
    toBody: (values) => values,
    schema: skillView,
    send: (body) => {
      const { id, name } = body as SkillView
      return api.put<SkillView>(`/skills/${id}`, { name })
    },
    touches: ['/skills'],
    onSaved: () => {
      void message.success(t('skills.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={words(skill ? 'edit' : 'create')}
      edit={edit}
      onClose={onClose}
      aside={
        skill && (
          <RemoveButton
            path={`/skills/${skill.id}`}
            title={t('removeTitle', { name: skill.name.zh })}
            text={t('removeText')}
            touches={['/skills']}
            onRemoved={onClose}
          />
        )
      }
    >
      <NameFields />
      <KeyField fixed={skill !== undefined} />
    </RecordDrawer>
  )
}
