import { smsSegments } from '../../../../gateway/domain/sms-segments.ts'
import { useT } from '../../i18n/index.ts'

interface Props {
  text: string
  max: number
  /** what a text costs is counted in short messages */
  segments: boolean
}

/** How long the text is, where that matters: near the limit, and on every text message. */
export function LengthNotice({ text, max, segments }: Props) {
  const t = useT('desk')
  if (text.length > max)
    return (
      <span className="composer-long" role="alert">
        {t('composer.tooLong', { max })} ({text.length}/{max})
      </span>
    )
  if (segments && text.trim()) {
    const counted = smsSegments(text.trim())
    return (
      <span className="quiet" title={t(`composer.sms.${counted.encoding}`)}>
        {t('composer.sms.count', { count: counted.segments.length, left: counted.left })}
      </span>
    )
  }
  if (text.length > max * 0.8)
    return (
      <span className="quiet">
        {text.length}/{max}
      </span>
    )
  return null
}
