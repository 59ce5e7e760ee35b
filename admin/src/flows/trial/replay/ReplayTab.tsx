import { Button, Empty, Input } from 'antd'
import { useState } from 'react'
import type { RecentView } from '../../../../../gateway/trials/schema.ts'
import { ChannelIcon } from '../../../desk/ChannelIcon.tsx'
import { useT } from '../../../i18n/index.ts'
import { Load } from '../../../records/Load.tsx'
import { Mark } from '../../../records/Mark.tsx'
import { OpenCell } from '../../../records/OpenCell.tsx'
import { Time } from '../../../records/Time.tsx'
import { useItems } from '../../../records/useItems.ts'
import { useFlowEditor } from '../../editor/flow-editor.ts'
import { Replay } from './Replay.tsx'

/** A conversation of yesterday against the draft of today. */
export function ReplayTab({ onTry }: { onTry(): void }) {
  const t = useT('flows/trial')
  const { flowId } = useFlowEditor()
  const [chosen, choose] = useState<string>()
  const [typed, type] = useState('')
  const recent = useItems<RecentView>('/trials/conversations', { flowId })
  if (chosen !== undefined)
    return <Replay key={chosen} id={chosen} onBack={() => choose(undefined)} onTry={onTry} />
  return (
    <div className="trial-replay">
      <p className="quiet">{t('replayHint')}</p>
      <form
        className="trial-say"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim()) choose(typed.trim())
        }}
      >
        <Input
          value={typed}
          maxLength={64}
          aria-label={t('conversationId')}
          placeholder={t('conversationId')}
          onChange={({ target }) => type(target.value)}
        />
        <Button htmlType="submit">{t('replay')}</Button>
      </form>
      <h3>{t('recent')}</h3>
      <Load of={recent}>
        {(list) =>
          list.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noRecent')} />
          ) : (
            <ul className="trial-list">
              {list.map(({ id, channel, openedAtMs, preview, version }) => (
                <li key={id} className="trial-recent">
                  <OpenCell onOpen={() => choose(id)}>
                    <ChannelIcon channel={channel} /> {preview || t('noWords')}
                  </OpenCell>
                  <span>
                    {version !== undefined && <Mark>{t('version', { version })}</Mark>}{' '}
                    <Time atMs={openedAtMs} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </div>
  )
}
