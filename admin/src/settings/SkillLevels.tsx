import { Segmented } from 'antd'
import type { SkillView } from '../../../gateway/routing/schema.ts'
import { useName, useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'

interface Props {
  value?: Record<string, number>
  onChange?(levels: Record<string, number>): void
}

/** A level for each skill, or none. */
export function SkillLevels({ value = {}, onChange }: Props) {
  const t = useT('settings')
  const name = useName()
  const skills = useItems<SkillView>('/skills')
  const set = (skill: string, level: number) => {
    const rest = Object.fromEntries(Object.entries(value).filter(([id]) => id !== skill))
    onChange?.(level === 0 ? rest : { ...rest, [skill]: level })
  }
  if (skills.data?.length === 0) return <span className="quiet">{t('users.noSkills')}</span>
  return (
    <div className="levels chosen">
      {skills.data?.map((skill) => (
        <div key={skill.id} className="levels-line">
          <span>{name(skill.name)}</span>
          <Segmented<number>
            size="small"
            aria-label={name(skill.name)}
            value={value[skill.id] ?? 0}
            onChange={(level) => set(skill.id, level)}
            options={[
              { value: 0, label: t('users.noSkill') },
              ...[1, 2, 3, 4, 5].map((level) => ({ value: level, label: String(level) })),
            ]}
          />
        </div>
      ))}
    </div>
  )
}
