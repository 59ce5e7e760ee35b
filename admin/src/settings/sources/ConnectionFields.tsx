import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useT } from '../../i18n/index.ts'

const at = (field: string) => ['settings', 'connection', field]

export function ConnectionFields({ kind }: { kind: 'postgres' | 'mysql' | 'mongodb' }) {
  const t = useT('settings/sources')
  const tls: unknown = Form.useWatch(at('tls'))
  const mongo = kind === 'mongodb'
  const text = (field: string, required: boolean) => (
    <Form.Item name={at(field)} label={t(`connection.${field}`)} required={required}>
      <Input spellCheck={false} autoComplete="off" />
    </Form.Item>
  )
  return (
    <>
      {mongo ? (
        <Hosts />
      ) : (
        <div className="source-place">
          {text('host', true)}
          <Form.Item name={at('port')} label={t('connection.port')} required>
            <InputNumber min={1} max={65_535} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </div>
      )}
      <div className="pair">
        {text('database', true)}
        {text('userName', !mongo)}
        {mongo && text('authSource', false)}
        <Form.Item name={at('tls')} label={t('connection.tls')}>
          <Select
            options={['off', 'verify', 'unverified'].map((value) => ({
              value,
              label: t(`connection.tlsKinds.${value}`),
            }))}
          />
        </Form.Item>
      </div>
      {tls === 'verify' && (
        <Form.Item name={at('ca')} label={t('connection.ca')} extra={t('connection.caHint')}>
          <Input.TextArea
            className="source-code"
            autoSize={{ minRows: 2, maxRows: 6 }}
            spellCheck={false}
          />
        </Form.Item>
      )}
      <p className="quiet">{t('connection.readerHint')}</p>
    </>
  )
}

function Hosts() {
  const t = useT('settings/sources')
  return (
    <Form.Item label={t('connection.hosts')} required extra={t('connection.hostsHint')}>
      <Form.List name={at('hosts')}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="source-pair">
                <Form.Item name={[name, 'host']}>
                  <Input aria-label={`${t('connection.host')} ${name + 1}`} spellCheck={false} />
                </Form.Item>
                <Form.Item name={[name, 'port']}>
                  <InputNumber
                    aria-label={`${t('connection.port')} ${name + 1}`}
                    min={1}
                    max={65_535}
                    precision={0}
                  />
                </Form.Item>
                <Button
                  type="text"
                  disabled={fields.length === 1}
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('pair.remove')} ${name + 1}`}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              size="small"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ host: '', port: 27017 })}
            >
              {t('connection.addHost')}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}
