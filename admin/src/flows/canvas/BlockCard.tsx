import {
  ExclamationCircleFilled,
  HomeFilled,
  PlayCircleFilled,
  WarningFilled,
} from '@ant-design/icons'
import { Handle, Position } from '@xyflow/react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { BlockNode } from './graph.ts'
import { useCanvas } from './canvas-context.ts'
import { ExitRow } from './ExitRow.tsx'
import { Figures } from './Figures.tsx'
import { KindIcon } from './KindIcon.tsx'
import { groupOf } from './useKinds.ts'

/** A block on the canvas: what it is, what it says, how one leaves it, what is wrong with it. */
export const BlockCard = memo(function BlockCard({ id, data }: NodeProps<BlockNode>) {
  const { t, lang, kinds, unfold } = useCanvas()
  const { card, entry, main, problems, figures, way, leads } = data
  const name = kinds.name(card.type)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const severity = errors > 0 ? 'error' : problems.length > 0 ? 'warning' : undefined
  return (
    <div
      className={`block-card group-${groupOf(card.type)} ${way ? `way-${way}` : ''}`}
      data-severity={severity}
    >
      {figures && <Figures figures={figures} />}
      <Handle type="target" position={Position.Left} className="block-in" />
      <div className="block-head">
        <KindIcon type={card.type} />
        <div className="block-names">
          <b title={`${data.name} (${id})`}>{data.name}</b>
          <span>{name}</span>
        </div>
        {entry && <PlayCircleFilled className="block-entry" title={t('entry')} />}
        {main && !entry && <HomeFilled className="block-entry" title={t('main')} />}
        {severity && (
          <span className={`block-badge badge-${severity}`}>
            {severity === 'error' ? (
              <ExclamationCircleFilled aria-hidden />
            ) : (
              <WarningFilled aria-hidden />
            )}
            {problems.length}
          </span>
        )}
        {severity && (
          <ul className="block-problems" aria-hidden>
            {problems.map((problem, at) => (
              <li key={at} className={`badge-${problem.severity}`}>
                {lang === 'en' ? problem.en : problem.zh}
              </li>
            ))}
          </ul>
        )}
      </div>
      {card.said !== undefined && (
        <p className={card.elsewhere ? 'block-said elsewhere' : 'block-said'} title={card.said}>
          {card.elsewhere && <i>{t('noWords')}</i>}
          {card.said}
        </p>
      )}
      {card.said === undefined && card.about !== undefined && (
        <p className="block-about">{card.about}</p>
      )}
      {card.ports.map((port) => (
        <ExitRow
          key={port.port}
          port={port}
          name={kinds.portName(card.type, port, card.lang)}
          figures={figures}
          lead={leads[port.port]}
        />
      ))}
      {card.folded > 0 && (
        <button
          type="button"
          className="block-more nodrag"
          tabIndex={-1}
          onClick={() => unfold(id)}
        >
          {t('moreExits', { count: card.folded })}
        </button>
      )}
    </div>
  )
})
