import { PlusCircleOutlined } from '@ant-design/icons'
import { useCanvas } from './canvas-context.ts'

/** An empty flow says how one begins. */
export function CanvasEmpty() {
  const { t } = useCanvas()
  return (
    <div className="canvas-empty">
      <PlusCircleOutlined aria-hidden />
      <b>{t('emptyTitle')}</b>
      <p>{t('emptyText')}</p>
    </div>
  )
}
