import { Checkbox, Segmented, Select } from 'antd'
import type { VoicemailSummaryView } from '../../../gateway/voicemail/schema.ts'
import { useName, useT } from '../i18n/index.ts'
import type { Filter, View } from './useFilter.ts'

interface Props {
  filter: Filter
  summary: VoicemailSummaryView | undefined
  onChange(change: Partial<Filter>): void
}

const views: View[] = ['open', 'new', 'done']

export function MailboxBar({ filter, summary, onChange }: Props) {
  const t = useT('voicemail')
  const name = useName()
  const counted = (label: string, count: number) => (count > 0 ? `${label} (${count})` : label)
  return (
    <div className="bar" role="search">
      <Segmented<View>
        className="chosen"
        aria-label={t('view')}
        value={filter.view}
        onChange={(view) => onChange({ view })}
        options={views.map((value) => ({
          value,
          label: value === 'new' ? counted(t('views.new'), summary?.new ?? 0) : t(`views.${value}`),
        }))}
      />
      <Select
        aria-label={t('mailboxes')}
        style={{ minWidth: 190 }}
        value={filter.mailbox ?? ''}
        onChange={(mailbox) => onChange({ mailbox })}
        options={[
          { value: '', label: t('allMailboxes') },
          ...(summary?.mailboxes ?? []).map((mailbox) => ({
            value: mailbox.id,
            label: counted(name(mailbox.name), mailbox.new),
          })),
        ]}
      />
      <Checkbox
        checked={filter.mine}
        onChange={(event) => onChange({ mine: event.target.checked })}
      >
        {t('mine')}
      </Checkbox>
    </div>
  )
}
