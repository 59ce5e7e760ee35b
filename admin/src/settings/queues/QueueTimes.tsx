import { Form } from 'antd'
import { useT } from '../../i18n/index.ts'
import { SecondsInput } from '../SecondsInput.tsx'

/** field, its explanation, least seconds */
const times: [name: string, hint: string | undefined, min?: number][] = [
  ['offerTimeoutMs', 'offerTimeoutHint', 5],
  ['passOverMs', 'passOverHint'],
  ['preferredMs', 'preferredHint'],
  ['ageingMs', 'ageingHint', 1],
  ['wrapUpMs', undefined],
  ['maxWaitMs', 'maxWaitHint'],
  ['warnAfterMs', 'alarmHint'],
  ['alarmAfterMs', undefined],
]

export function QueueTimes() {
  const t = useT('settings')
  return (
    <section className="part">
      <h3>{t('queues.timing')}</h3>
      <div className="times">
        {times.map(([name, hint, min]) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`queues.${name}`)}
            extra={hint && t(`queues.${hint}`)}
          >
            <SecondsInput minSeconds={min ?? 0} />
          </Form.Item>
        ))}
      </div>
    </section>
  )
}
