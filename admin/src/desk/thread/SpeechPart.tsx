import { AudioOutlined } from '@ant-design/icons'
import type { Part } from '../../../../gateway/domain/message.ts'
import { useT } from '../../i18n/index.ts'
import './spoken.css'

type Speech = Extract<Part, { type: 'speech' }>

/** Below this the words are more often wrong than right, so they are shown as a guess. */
const SURE = 0.6

/** What was understood of what a caller said, with how sure the machine was. */
export function SpeechPart({ nbest }: Pick<Speech, 'nbest'>) {
  const t = useT('desk')
  const [best, ...others] = nbest
  if (!best?.text) return <p className="speech quiet">{t('thread.unheard')}</p>
  const percent = Math.round(best.confidence * 100)
  const sure = best.confidence >= SURE
  const perhaps = others.map(({ text }) => text).filter((text) => text && text !== best.text)
  return (
    <p className={`speech${sure ? '' : ' speech-unsure'}`}>
      <AudioOutlined aria-label={t('thread.speech')} /> {best.text}
      <small>
        {t(sure ? 'thread.sure' : 'thread.unsure', { percent })}
        {!sure && perhaps.length > 0 && (
          <> · {t('thread.perhaps', { words: perhaps.join(' / ') })}</>
        )}
      </small>
    </p>
  )
}
