import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { roles } from '../../../../gateway/domain/staff.ts'
import type { QueueView } from '../../../../gateway/routing/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'
import { useLabels } from '../../records/useLabels.ts'
import { SkillLevels } from '../SkillLevels.tsx'

/** Everything a member has besides a password; the user name is fixed once there. */
export function UserFields({ isNew }: { isNew: boolean }) {
  const t = useT('settings')
  const shell = useT('shell')
  const name = useName()
  const labels = useLabels()
  const queues = useItems<QueueView>('/queues')
  return (
    <>
      <div className="pair">
        <Form.Item
          name="userName"
          label={t('users.userName')}
          required={isNew}
          extra={isNew && t('users.userNameHint')}
        >
          <Input
            readOnly={!isNew}
            variant={isNew ? 'outlined' : 'filled'}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
          />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('users.displayName')}
          required
          extra={t('users.displayNameHint')}
        >
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="role" label={t('users.role')} required>
        <Radio.Group
          vertical
          options={roles.map((role) => ({
            value: role,
            label: (
              <>
                {shell(`roles.${role}`)}{' '}
                <span className="quiet">{t(`users.roleText.${role}`)}</span>
              </>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item name="skills" label={t('users.skills')} extra={t('users.skillsHint')}>
        <SkillLevels />
      </Form.Item>
      <Form.Item name="queueIds" label={t('users.queueIds')} extra={t('users.queueIdsHint')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('users.allQueues')}
          options={
            queues.data?.map((queue) => ({ value: queue.id, label: name(queue.name) })) ?? []
          }
        />
      </Form.Item>
      <div className="pair">
        <Form.Item name="chatCapacity" label={t('users.chatCapacity')} required>
          <InputNumber min={0} max={50} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="lang" label={t('users.lang')} required>
          <Select
            options={['zh-CN', 'en'].map((value) => ({ value, label: labels.lang(value) }))}
          />
        </Form.Item>
      </div>
    </>
  )
}
