import { Form, Select } from 'antd'
import type { AgentCard } from '../../../../gateway/desk/protocol.ts'
import { may } from '../../../../gateway/domain/staff.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useDeskState } from '../useDesk.ts'

interface Props {
  name: string
  label: string
  /** how much they have to do, in a word */
  busyWith(agent: AgentCard): string
}

/** Which colleague who is there, those who are free first. */
export function ColleagueField({ name, label, busyWith }: Props) {
  const t = useT('desk')
  const { me } = useSession()
  const agents = useDeskState((state) => state.agents)
  const colleagues = Object.values(agents)
    .filter(({ id, role, state }) => id !== me.id && state !== 'offline' && may(role, 'serve'))
    .sort((a, b) => Number(b.state === 'ready') - Number(a.state === 'ready') || a.load - b.load)
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, message: t('transfer.agentPick') }]}
    >
      <Select
        autoFocus
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('transfer.agentPick')}
        notFoundContent={t('transfer.nobody')}
        options={colleagues.map((agent) => ({
          value: agent.id,
          label: [agent.name, t(`state.${agent.state}`), busyWith(agent)].join(' — '),
        }))}
      />
    </Form.Item>
  )
}
