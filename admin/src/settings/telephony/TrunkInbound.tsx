import { Form } from 'antd'
import { useT } from '../../i18n/index.ts'
import { SecretFields } from './SecretFields.tsx'
import { TagsInput } from '../../records/TagsInput.tsx'

/** Who may call in over the trunk. */
export function TrunkInbound({ hasPassword }: { hasPassword: boolean }) {
  const t = useT('settings')
  const label = (field: string) => t(`telephony.trunks.${field}`)
  return (
    <section className="part">
      <h3>{label('inbound')}</h3>
      <p className="quiet">{label('inboundHint')}</p>
      <Form.Item
        name={['inbound', 'byAddress']}
        label={label('byAddress')}
        extra={label('byAddressHint')}
      >
        <TagsInput placeholder="203.0.113.10" />
      </Form.Item>
      <SecretFields
        name={['inbound', 'digest']}
        userLabel={label('digestUser')}
        passwordLabel={label('digestPassword')}
        hasPassword={hasPassword}
      />
    </section>
  )
}
