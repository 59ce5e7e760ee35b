import { DisconnectOutlined, SyncOutlined, WifiOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useT } from '../../i18n/index.ts'
import { useDeskState } from '../useDesk.ts'

/** Whether the line stands. Told in words, not by colour alone. */
export function LinkNotice() {
  const t = useT('desk')
  const link = useDeskState((state) => state.link)
  const icon =
    link === 'online' ? (
      <WifiOutlined aria-hidden />
    ) : link === 'lost' ? (
      <DisconnectOutlined aria-hidden />
    ) : (
      <SyncOutlined spin aria-hidden />
    )
  return (
    <Tooltip title={t(`linkHint.${link}`)}>
      <span className={`link link-${link}`} role="status">
        {icon}
        <span className={link === 'online' ? 'seen-by-readers' : undefined}>
          {t(`link.${link}`)}
        </span>
      </span>
    </Tooltip>
  )
}
