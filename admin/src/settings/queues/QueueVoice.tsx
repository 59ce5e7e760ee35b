import { Form, InputNumber, Switch } from 'antd'
import { useT } from '../../i18n/index.ts'
import { TuneSelect } from '../TuneSelect.tsx'
import { MusicInput } from './MusicInput.tsx'

/** How callers of the queue are kept company while they wait. */
export function QueueVoice() {
  const t = useT('settings')
  return (
    <section className="part">
      <h3>{t('queues.voice')}</h3>
      <div className="times">
        {['announcePosition', 'announceWait'].map((field) => (
          <Form.Item
            key={field}
            name={['voice', field]}
            label={t(`queues.${field}`)}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        ))}
        <Form.Item
          name={['voice', 'announceEverySeconds']}
          label={t('queues.announceEverySeconds')}
        >
          <InputNumber
            min={10}
            max={600}
            precision={0}
            suffix={t('queues.seconds')}
            style={{ width: '100%' }}
          />
        </Form.Item>
      </div>
      <Form.Item name={['voice', 'tune']} label={t('queues.tune')} extra={t('queues.tuneHint')}>
        <TuneSelect kind="hold" />
      </Form.Item>
      <Form.Item name={['voice', 'music']} label={t('queues.music')} extra={t('queues.musicHint')}>
        <MusicInput />
      </Form.Item>
    </section>
  )
}
