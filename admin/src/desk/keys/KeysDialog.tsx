import { Modal } from 'antd'
import { useT } from '../../i18n/index.ts'
import { shortcuts } from './shortcuts.ts'

export function KeysDialog({ onClose }: { onClose(): void }) {
  const t = useT('desk')
  const rows = [
    ...Object.entries(shortcuts).map(([name, { shown }]) => [name, shown] as const),
    ['leave', 'Esc'] as const,
    ['help', '?'] as const,
  ]
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={onClose}>
      <dl className="keys">
        {rows.map(([name, shown]) => (
          <div key={name}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('keys.hint')}</p>
    </Modal>
  )
}
