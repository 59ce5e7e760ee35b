import type { QueueView, ScheduleView, SkillView } from '../../../../gateway/routing/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'
import { ListTab } from '../ListTab.tsx'
import { QueueDrawer } from './QueueDrawer.tsx'

export function QueuesTab() {
  const t = useT('settings')
  const name = useName()
  const skills = useItems<SkillView>('/skills')
  const schedules = useItems<ScheduleView>('/schedules')
  const nameOfSkill = (id: string) =>
    name(skills.data?.find((skill) => skill.id === id)?.name) || id
  return (
    <ListTab<QueueView>
      path="/queues"
      name={t('tabs.queues')}
      hint={t('queues.hint')}
      empty={t('queues.empty')}
      width={860}
      titleOf={(queue) => name(queue.name)}
      drawer={(queue, close) => <QueueDrawer queue={queue} onClose={close} />}
      columns={[
        {
          title: t('enabled'),
          dataIndex: 'enabled',
          width: 100,
          render: (enabled: boolean) => (
            <Mark tone={enabled ? 'green' : 'red'}>{t(enabled ? 'enabled' : 'disabled')}</Mark>
          ),
        },
        {
          title: t('queues.strategy'),
          dataIndex: 'strategy',
          width: 180,
          render: (strategy: string) => t(`queues.strategies.${strategy}`),
        },
        {
          title: t('queues.skills'),
          dataIndex: 'skills',
          render: (needed: QueueView['skills']) =>
            needed.map(({ skill, minLevel }) => (
              <Mark key={skill}>
                {nameOfSkill(skill)} ≥ {minLevel}
              </Mark>
            )),
        },
        {
          title: t('queues.scheduleId'),
          dataIndex: 'scheduleId',
          width: 170,
          render: (id?: string) =>
            id
              ? name(schedules.data?.find((schedule) => schedule.id === id)?.name) || id
              : t('queues.always'),
        },
      ]}
    />
  )
}
