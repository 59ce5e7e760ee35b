import { ArrowRightOutlined } from '@ant-design/icons'
import { useT } from '../i18n/index.ts'
import type { Row } from './outline.ts'

/** A way out: in the words of the choice when there are some, else by the name of the port. */
export function OutlineExit({ row }: { row: Extract<Row, { kind: 'exit' }> }) {
  const t = useT('flows')
  const { port, labels, key, when, to } = row.exit
  const words = Object.values(labels)
  return (
    <>
      <ArrowRightOutlined aria-hidden className="quiet" />
      {key && <kbd>{t('pressKey', { key })}</kbd>}
      <span>
        {words.length > 0 ? words.join(' / ') : t(`port.${port}`, { defaultValue: port })}
      </span>
      {when && <span className="quiet">{t('when', { when })}</span>}
      {row.seeAbove && <span className="quiet">{t('seeAbove', { to })}</span>}
    </>
  )
}
