import { Alert } from 'antd'
import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'
import { useLabels } from '../records/useLabels.ts'
import { compareContacts, sameAddress, sharedIdentities } from './compare.ts'

/** Two contacts side by side, with what speaks for their being one person. */
export function Compared({ kept, other }: { kept: ContactView; other: ContactView }) {
  const t = useT('contacts')
  const labels = useLabels()
  const kind = (id: string) => t(`identityKinds.${id}`, { defaultValue: id })
  const shared = [
    ...sharedIdentities(kept, other).map((identity) =>
      t('sharedIdentity', { what: `${kind(identity.kind)} ${identity.value}` }),
    ),
    ...sameAddress(kept, other).map((field) => t(`shared${field}`)),
  ]
  const written = (field: string, value: string | boolean | undefined) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (!value) return <span className="quiet">—</span>
    return field === 'lang' ? labels.lang(value) : value
  }
  const identitiesOf = (contact: ContactView) =>
    contact.identities.map((identity) => (
      <div key={identity.id}>
        {kind(identity.kind)} {identity.value}{' '}
        <span className="quiet">({t(`assurance.${identity.assurance}`)})</span>
      </div>
    ))
  return (
    <>
      <Alert
        type={shared.length > 0 ? 'success' : 'warning'}
        showIcon
        title={shared.length > 0 ? t('alike') : t('nothingShared')}
        {...(shared.length > 0 && {
          description: shared.map((line) => <div key={line}>{line}</div>),
        })}
      />
      <table className="compare part">
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">
              {t('kept')}
              <div className="quiet">{t('keptHint')}</div>
            </th>
            <th scope="col">
              {t('other')}
              <div className="quiet">{t('otherHint')}</div>
            </th>
          </tr>
        </thead>
        <tbody>
          {compareContacts(kept, other).map(({ field, kept: left, other: right, differs }) => (
            <tr key={field} className={differs ? 'compare-differs' : ''}>
              <th scope="row">{t(field)}</th>
              <td>{written(field, left)}</td>
              <td>
                {written(field, right)}
                {differs && <span className="seen-by-readers"> ({t('differs')})</span>}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('identities')}</th>
            <td>{identitiesOf(kept)}</td>
            <td>{identitiesOf(other)}</td>
          </tr>
        </tbody>
      </table>
    </>
  )
}
