import { displayPhone } from '../../../gateway/domain/phone-number.ts'
import type { SuggestionView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'

type Reason = SuggestionView['reasons'][number]

/** Why two contacts may be one person, as a sentence. */
export function useReason(): (reason: Reason) => string {
  const t = useT('contacts')
  return ({ reason, kind = '', value = '', assurance, sameName }) => {
    switch (reason) {
      case 'sameAddress':
        return t(assurance === 'proven' ? 'reason.provenAddress' : 'reason.sameAddress', {
          kind: t(`identityKinds.${kind}`, { defaultValue: kind }),
          value: kind === 'phone' ? displayPhone(value) : value,
        })
      case 'sameTicket':
        return t(sameName ? 'reason.sameNameAndTicket' : 'reason.sameTicket', { serial: value })
      case 'parted':
        return t('reason.parted')
    }
  }
}
