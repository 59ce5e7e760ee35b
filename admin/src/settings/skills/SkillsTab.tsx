import type { SkillView } from '../../../../gateway/routing/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { ListTab } from '../ListTab.tsx'
import { SkillDrawer } from './SkillDrawer.tsx'

export function SkillsTab() {
  const t = useT('settings')
  const words = useT('records')
  const name = useName()
  return (
    <ListTab<SkillView>
      path="/skills"
      name={t('tabs.skills')}
      hint={t('skills.hint')}
      empty={t('skills.empty')}
      titleOf={(skill) => name(skill.name)}
      drawer={(skill, close) => <SkillDrawer skill={skill} onClose={close} />}
      columns={[{ title: words('id'), dataIndex: 'id', width: 220 }]}
    />
  )
}
