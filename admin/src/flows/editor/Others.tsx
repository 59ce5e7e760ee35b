import { TeamOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useCallback } from 'react'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import type { Draft } from '../useDraft.ts'
import { usePresence } from './usePresence.ts'

/** Who else is in the flow. While somebody is, what they store comes in with every heartbeat. */
export function Others({ flowId, draft }: { flowId: string; draft: Draft }) {
  const t = useT('flows/editor')
  const { pull } = draft
  const onHeartbeat = useCallback(
    (others: number) => {
      if (others > 0) void pull()
    },
    [pull],
  )
  const others = usePresence(flowId, onHeartbeat)
  const names = [...new Set(others.map(({ name }) => name))].join(t('and'))
  return (
    <span role="status">
      {others.length > 0 && (
        <Tooltip title={t('others', { names })}>
          <span tabIndex={0}>
            <Mark tone="blue">
              <TeamOutlined aria-hidden /> {t('othersShort', { names })}
            </Mark>
          </span>
        </Tooltip>
      )}
    </span>
  )
}
