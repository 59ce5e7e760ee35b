import { ArrowRightOutlined, DisconnectOutlined } from '@ant-design/icons'
import { useT } from '../i18n/index.ts'
import { useKinds } from './canvas/useKinds.ts'
import type { Row } from './outline.ts'

interface Props {
  row: Extract<Row, { kind: 'exit' }>
  /** the kind of block it leaves */
  type: string
  /** of the block it leads to */
  name: string
}

/** A way out: in the words of the choice when there are some, else by its name. */
export function OutlineExit({ row, type, name }: Props) {
  const t = useT('flows')
  const of = useT('flows/editor')
  const kinds = useKinds()
  const { port, labels, key, when, to } = row.exit
  const words = Object.values(labels)
  return (
    <>
      <ArrowRightOutlined aria-hidden className="quiet" />
      {key && <kbd>{t('pressKey', { key })}</kbd>}
      <span>
        {words.length > 0 ? words.join(' / ') : kinds.portName(type, { port, labels: {} }, '')}
      </span>
      {when && <span className="quiet">{t('when', { when: kinds.condition(when) })}</span>}
      {row.seeAbove && <span className="quiet">{t('seeAbove', { to: name })}</span>}
      {to === '' && (
        <span className="exit-lacks">
          <DisconnectOutlined aria-hidden /> {of('notConnected')}
        </span>
      )}
    </>
  )
}
