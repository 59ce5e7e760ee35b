import { Spin } from 'antd'
import { useT } from '../../i18n/index.ts'
import { useDeskState } from '../useDesk.ts'

/** Before the first picture has come. */
export function NotConnected() {
  const t = useT('desk')
  const link = useDeskState((state) => state.link)
  return (
    <div className="desk-wait" role="status">
      <Spin />
      <p>{t(`linkHint.${link}`)}</p>
    </div>
  )
}
