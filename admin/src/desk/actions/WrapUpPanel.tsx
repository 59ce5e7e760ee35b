import { Button, Radio } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useName, useT } from '../../i18n/index.ts'
import { navigate } from '../../router.tsx'
import { countdown } from '../duration.ts'
import { useChoices } from '../useChoices.ts'
import { useServerNow } from '../useServerNow.ts'
import { useDeskActions } from './useDeskActions.ts'

/** After the conversation: what it was about, then the next one. */
export function WrapUpPanel({ card }: { card: ConversationCard }) {
  const t = useT('desk')
  const name = useName()
  const nowMs = useServerNow()
  const { wrapUpCodes } = useChoices()
  const { wrapUpDone, busy } = useDeskActions()
  const [code, setCode] = useState<string>()

  const done = async () => {
    if (await wrapUpDone(card, code)) navigate('/desk')
  }
  return (
    <section className="wrapup" aria-label={t('wrapUp.title')}>
      <div className="wrapup-head">
        <strong>{t('wrapUp.title')}</strong>
        <span className="clock">
          {t('wrapUp.left', { time: countdown(card.wrapUp?.endsAtMs ?? 0, nowMs) })}
        </span>
      </div>
      {wrapUpCodes.length > 0 && (
        <Radio.Group
          optionType="button"
          aria-label={t('wrapUp.code')}
          value={code}
          onChange={(event) => setCode(event.target.value as string)}
          options={wrapUpCodes.map((one) => ({ value: one.id, label: name(one.name) }))}
        />
      )}
      <div className="wrapup-foot">
        <span className="quiet">{t('wrapUp.hint')}</span>
        <Button type="primary" id="wrapup-done" loading={busy} onClick={() => void done()}>
          {t('wrapUp.done')}
        </Button>
      </div>
    </section>
  )
}
