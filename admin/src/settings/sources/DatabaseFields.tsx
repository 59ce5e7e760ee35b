import { Form, Input, InputNumber, Select } from 'antd'
import type { SourceView } from '../../../../gateway/sources/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'
import { ConnectionFields } from './ConnectionFields.tsx'

interface Props {
  kind: 'postgres' | 'mysql' | 'mongodb'
  /** id of this source */
  own: string | undefined
}

/** Which database, and the one question it is asked. */
export function DatabaseFields({ kind, own }: Props) {
  const t = useT('settings/sources')
  const say = useName()
  const others = useItems<SourceView>('/sources')
  const borrowed: unknown = Form.useWatch(['settings', 'connectionOf'])
  const lenders = (others.data ?? []).filter(
    (each) => each.kind === kind && each.origin === 'stored' && each.id !== own,
  )
  return (
    <>
      <section className="part">
        <h3>{t('database.title')}</h3>
        {(lenders.length > 0 || Boolean(borrowed)) && (
          <Form.Item name={['settings', 'connectionOf']} label={t('database.connectionOf')}>
            <Select
              options={[
                { value: '', label: t('database.own') },
                ...lenders.map(({ id, name }) => ({ value: id, label: say(name) || id })),
              ]}
            />
          </Form.Item>
        )}
        {!borrowed && <ConnectionFields kind={kind} />}
      </section>
      <section className="part">
        <h3>{t('database.question')}</h3>
        {kind === 'mongodb' ? (
          <MongoQuestion />
        ) : (
          <Form.Item
            name={['settings', 'statement']}
            label={t('database.statement')}
            required
            extra={t('database.statementHint', { hole: '{{city}}' })}
          >
            <Input.TextArea
              className="source-code"
              autoSize={{ minRows: 4, maxRows: 16 }}
              spellCheck={false}
            />
          </Form.Item>
        )}
        <Form.Item name={['settings', 'maxRows']} label={t('database.maxRows')}>
          <InputNumber min={1} max={1000} precision={0} style={{ width: 160 }} />
        </Form.Item>
      </section>
    </>
  )
}

function MongoQuestion() {
  const t = useT('settings/sources')
  const operation: unknown = Form.useWatch(['settings', 'operation'])
  const json = (field: string, rows: number) => (
    <Form.Item
      name={['settings', field]}
      label={t(`mongo.${field}`)}
      extra={t(`mongo.${field}Hint`, { hole: '"{{city}}"' })}
    >
      <Input.TextArea
        className="source-code"
        autoSize={{ minRows: rows, maxRows: 16 }}
        spellCheck={false}
      />
    </Form.Item>
  )
  return (
    <>
      <div className="pair">
        <Form.Item name={['settings', 'collection']} label={t('mongo.collection')} required>
          <Input spellCheck={false} maxLength={120} />
        </Form.Item>
        <Form.Item name={['settings', 'operation']} label={t('mongo.operation')}>
          <Select
            options={['find', 'aggregate'].map((value) => ({
              value,
              label: t(`mongo.operations.${value}`),
            }))}
          />
        </Form.Item>
      </div>
      {operation === 'aggregate' ? (
        json('pipeline', 6)
      ) : (
        <>
          {json('filter', 2)}
          <div className="pair">
            {json('projection', 1)}
            {json('sort', 1)}
          </div>
        </>
      )}
    </>
  )
}
