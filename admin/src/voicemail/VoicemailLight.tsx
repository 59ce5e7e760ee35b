import { AudioOutlined } from '@ant-design/icons'
import { useT } from '../i18n/index.ts'
import { useSummary } from './useSummary.ts'
import './light.css'

const MOST = 99

/** The voicemail sign of the menu, lit with the number nobody has heard. */
export function VoicemailLight() {
  const t = useT('voicemail')
  const count = useSummary().data?.new ?? 0
  return (
    <span className="voicemail-light">
      <AudioOutlined aria-hidden />
      {count > 0 && (
        <span className="voicemail-count" aria-hidden>
          {count > MOST ? `${MOST}+` : count}
        </span>
      )}
      <span className="seen-by-readers" aria-live="polite">
        {count > 0 && t('light', { count })}
      </span>
    </span>
  )
}
