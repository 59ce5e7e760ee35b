import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { MenuProps } from 'antd'
import type { DeskCommand } from '../../../../gateway/desk/protocol.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useName, useT } from '../../i18n/index.ts'
import { clock } from '../duration.ts'
import { useChoices } from '../useChoices.ts'
import { useDesk, useDeskState } from '../useDesk.ts'
import { useServerNow } from '../useServerNow.ts'

type Wanted = Extract<DeskCommand, { do: 'state' }>

/** How I stand, since when, and the way to change it. */
export function StateSwitch() {
  const t = useT('desk')
  const name = useName()
  const desk = useDesk()
  const showError = useErrorToast()
  const nowMs = useServerNow()
  const mine = useDeskState((state) => state.agents[state.me?.id ?? ''])
  const online = useDeskState((state) => state.link === 'online')
  const { busyReasons } = useChoices()
  if (!mine) return null

  const wish = (state: Wanted['state'], reason?: string) => {
    if (state === 'ready' && 'Notification' in window && Notification.permission === 'default')
      void Notification.requestPermission()
    desk.request({ do: 'state', state, ...(reason && { reason }) }).catch(showError)
  }
  const dot = (state: string) => <span className={`dot dot-${state}`} aria-hidden />
  const busy: MenuProps['items'] =
    busyReasons.length === 0
      ? [{ key: 'busy', icon: dot('busy'), label: t('state.busy'), onClick: () => wish('busy') }]
      : busyReasons.map((reason) => ({
          key: reason.id,
          icon: dot('busy'),
          label: `${t('state.busy')} · ${name(reason.name)}`,
          onClick: () => wish('busy', reason.id),
        }))
  const reason = busyReasons.find(({ id }) => id === mine.reason)
  const words = [
    t(`state.${mine.state}`),
    mine.state === 'busy' && (reason ? name(reason.name) : mine.reason),
  ]
    .filter(Boolean)
    .join(' · ')

  return (
    <Dropdown
      trigger={['click']}
      disabled={!online}
      menu={{
        items: [
          {
            key: 'ready',
            icon: dot('ready'),
            label: t('state.ready'),
            onClick: () => wish('ready'),
          },
          ...busy,
          { type: 'divider' },
          {
            key: 'offline',
            icon: dot('offline'),
            label: t('state.offline'),
            onClick: () => wish('offline'),
          },
        ],
      }}
    >
      <Button className={`state state-${mine.state}`}>
        {dot(mine.state)}
        <span>
          <span className="seen-by-readers">{t('myState')} </span>
          {words}
        </span>
        <span className="clock">{clock(nowMs - mine.sinceMs)}</span>
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}
