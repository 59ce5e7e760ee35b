import { useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'
import { embedCode } from '../embed.ts'

export function Embed({ accountId }: { accountId: string }) {
  const t = useT('settings')
  const code = embedCode(window.location.origin, accountId)
  return (
    <section className="part">
      <h3>{t('channels.embed')}</h3>
      <p className="quiet">{t('channels.embedHint')}</p>
      <pre className="code">{code}</pre>
      <div className="part-foot">
        <CopyButton text={code} label={t('channels.copyEmbed')} />
      </div>
    </section>
  )
}
