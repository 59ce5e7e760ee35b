import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { useCodeWords } from '../records/useCodeWords.ts'
import { Link } from '../router.tsx'
import { useSession } from '../session/useSession.ts'

interface Props {
  accountId: string
  channel: string
  /** ours or the provider's */
  code?: string | undefined
  /** nobody knows whether it arrived */
  unknown?: boolean
}

/** Why something failed, in words where there are some; the code of a provider leads to its account. */
export function Why({ accountId, channel, code, unknown = false }: Props) {
  const t = useT('delivery')
  const wordsOf = useCodeWords()
  const { can } = useSession()
  const words = code && wordsOf(code, channel)
  return (
    <span className="delivery-why">
      {unknown && (
        <span>
          <Mark tone="amber">{t('states.unknown')}</Mark> {t('unknown')}
        </span>
      )}
      {words && <span>{words}</span>}
      {code &&
        (can('manageAccounts') ? (
          <Link to={`/settings/channels/${accountId}`} title={t('raw')}>
            <code>{code}</code>
          </Link>
        ) : (
          <code>{code}</code>
        ))}
    </span>
  )
}
