import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form } from 'antd'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { localDate } from '../../records/localDate.ts'
import { AddRange } from './AddRange.tsx'
import { ExceptionLine } from './ExceptionLine.tsx'
import type { ExceptionValues } from './scheduleForm.ts'

/** Dates on which the week does not hold; those gone by are out of the way unless asked for. */
export function Exceptions() {
  const t = useT('settings')
  const [past, showPast] = useState(false)
  const [today] = useState(() => localDate(Date.now()))
  const values = (Form.useWatch('exceptions') ?? []) as (ExceptionValues | undefined)[]
  const isPast = (at: number) => Boolean(values[at]?.date && values[at].date < today)
  const gone = values.filter((_, at) => isPast(at)).length
  return (
    <section className="part">
      <h3>{t('hours.exceptions')}</h3>
      <p className="quiet">
        {t('hours.exceptionsHint')}{' '}
        {gone > 0 && (
          <Checkbox checked={past} onChange={(event) => showPast(event.target.checked)}>
            {t('hours.showPast', { count: gone })}
          </Checkbox>
        )}
      </p>
      <Form.List name="exceptions">
        {(fields, { add, remove }) => (
          <div className="exceptions">
            {fields.length === 0 && <p className="quiet">{t('hours.exceptionsEmpty')}</p>}
            {fields.map(({ key, name }) => (
              <ExceptionLine
                key={key}
                name={name}
                date={values[name]?.date ?? ''}
                hidden={!past && isPast(name)}
                onRemove={() => remove(name)}
              />
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ date: '', kind: 'holiday', periods: '', name: '' })}
            >
              {t('hours.addException')}
            </Button>
            <AddRange />
          </div>
        )}
      </Form.List>
    </section>
  )
}
