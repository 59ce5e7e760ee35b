import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'

const tones = { observed: 'plain', selfAsserted: 'gold', proven: 'green' } as const
const order = ['proven', 'selfAsserted', 'observed'] as const

/** How we know who this is; each degree of trust is explained once, since much depends on it. */
export function Identities({ identities }: { identities: ContactView['identities'] }) {
  const t = useT('contacts')
  if (identities.length === 0) return <p className="quiet">{t('noIdentities')}</p>
  const used = order.filter((degree) => identities.some(({ assurance }) => assurance === degree))
  return (
    <>
      <ul className="contact-identities">
        {identities.map((identity) => (
          <li key={identity.id}>
            <b>{t(`identityKinds.${identity.kind}`, { defaultValue: identity.kind })}</b>{' '}
            <Mark tone={tones[identity.assurance]}>{t(`assurance.${identity.assurance}`)}</Mark>
            <div className="identity-value">
              {identity.value}
              {identity.scope && <span className="quiet"> · {identity.scope}</span>}
            </div>
          </li>
        ))}
      </ul>
      <dl className="facts part">
        {used.map((degree) => (
          <div key={degree} style={{ display: 'contents' }}>
            <dt>
              <Mark tone={tones[degree]}>{t(`assurance.${degree}`)}</Mark>
            </dt>
            <dd className="quiet">{t(`assuranceText.${degree}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
