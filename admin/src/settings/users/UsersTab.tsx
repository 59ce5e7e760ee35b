import { useState } from 'react'
import type { QueueView, SkillView } from '../../../../gateway/routing/schema.ts'
import type { StaffView } from '../../../../gateway/staff/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'
import { ListTab } from '../ListTab.tsx'
import { EditUser } from './EditUser.tsx'
import { NewUser } from './NewUser.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'
import type { Issued } from './OneTimePassword.tsx'

export function UsersTab() {
  const t = useT('settings')
  const shell = useT('shell')
  const name = useName()
  const skills = useItems<SkillView>('/skills')
  const queues = useItems<QueueView>('/queues')
  const [issued, issue] = useState<Issued>()
  const nameIn = (
    list: { id: string; name: { zh: string; en: string } }[] | undefined,
    id: string,
  ) => name(list?.find((each) => each.id === id)?.name) || id
  return (
    <>
      <ListTab<StaffView>
        path="/staff"
        name={t('tabs.users')}
        hint={t('users.hint')}
        empty={t('users.empty')}
        width={900}
        titleOf={(member) => member.displayName}
        drawer={(member, close) =>
          member ? (
            <EditUser member={member} onClose={close} onIssued={issue} />
          ) : (
            <NewUser onClose={close} onIssued={issue} />
          )
        }
        columns={[
          { title: t('users.userName'), dataIndex: 'userName', width: 130 },
          {
            title: t('users.role'),
            dataIndex: 'role',
            width: 150,
            render: (role: string, { disabled }) => (
              <>
                {shell(`roles.${role}`)} {disabled && <Mark tone="red">{t('disabled')}</Mark>}
              </>
            ),
          },
          {
            title: t('users.skills'),
            dataIndex: 'skills',
            render: (levels: Record<string, number>) =>
              Object.entries(levels).map(([skill, level]) => (
                <Mark key={skill}>
                  {nameIn(skills.data, skill)} {level}
                </Mark>
              )),
          },
          {
            title: t('users.queueIds'),
            dataIndex: 'queueIds',
            render: (ids: string[]) =>
              ids.length > 0
                ? ids.map((id) => nameIn(queues.data, id)).join(', ')
                : t('users.allQueues'),
          },
          { title: t('users.chatCapacity'), dataIndex: 'chatCapacity', width: 130, align: 'right' },
        ]}
      />
      {issued && <OneTimePassword issued={issued} onClose={() => issue(undefined)} />}
    </>
  )
}
