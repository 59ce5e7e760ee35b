import { DownloadOutlined } from '@ant-design/icons'
import { Button, Input, Segmented, Select } from 'antd'
import type { MeasuresView } from '../../../../gateway/measures/schema.ts'
import { address } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { lastDays, spanOf, spans } from './period.ts'
import type { Period } from './period.ts'

export type Looked = Period & {
  version?: number | undefined
  /** the version beside it */
  compare?: number | undefined
  channel?: string | undefined
  lang?: string | undefined
}

interface Props {
  flowId: string
  looked: Looked
  onLook(looked: Looked): void
  choices: Pick<MeasuresView, 'versions' | 'channels' | 'langs'> | undefined
}

/** Which figures are looked at: of when, of which version, of whom. */
export function MeasureBar({ flowId, looked, onLook, choices }: Props) {
  const t = useT('flows/measure')
  const labels = useLabels()
  const { compare, ...query } = looked
  const set = (change: Partial<Looked>) => onLook({ ...looked, ...change })
  const versions = (choices?.versions ?? []).map(({ version, started }) => ({
    value: version,
    label: t('versionStarted', { version, count: started }),
  }))
  const span = spanOf(looked, Date.now())
  return (
    <div className="bar measure-bar" role="search" aria-label={t('choose')}>
      <Segmented<number>
        aria-label={t('period')}
        className="chosen"
        value={span ?? 0}
        options={spans.map((days) => ({
          value: days,
          label: days === 1 ? t('today') : t('days', { value: days }),
        }))}
        onChange={(days) => set(lastDays(days, Date.now()))}
      />
      <span className="measure-dates">
        <Input
          type="date"
          aria-label={t('from')}
          value={looked.from}
          max={looked.to}
          onChange={({ target }) => target.value && set({ from: target.value })}
        />
        –
        <Input
          type="date"
          aria-label={t('to')}
          value={looked.to}
          min={looked.from}
          onChange={({ target }) => target.value && set({ to: target.value })}
        />
      </span>
      <Select
        aria-label={t('version')}
        allowClear
        placeholder={t('allVersions')}
        value={looked.version ?? null}
        onChange={(version: number | null) =>
          set({ version: version ?? undefined, ...(version === null && { compare: undefined }) })
        }
        options={versions}
        popupMatchSelectWidth={false}
      />
      {looked.version !== undefined && (
        <Select
          aria-label={t('compareWith')}
          allowClear
          placeholder={t('compareWith')}
          value={compare ?? null}
          onChange={(version: number | null) => set({ compare: version ?? undefined })}
          options={versions.filter(({ value }) => value !== looked.version)}
          popupMatchSelectWidth={false}
          notFoundContent={t('oneVersion')}
        />
      )}
      <Select
        aria-label={t('channel')}
        allowClear
        placeholder={t('allChannels')}
        value={looked.channel ?? null}
        onChange={(channel: string | null) => set({ channel: channel ?? undefined })}
        options={choices?.channels.map((value) => ({ value, label: labels.channel(value) })) ?? []}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('lang')}
        allowClear
        placeholder={t('allLangs')}
        value={looked.lang ?? null}
        onChange={(lang: string | null) => set({ lang: lang ?? undefined })}
        options={choices?.langs.map((value) => ({ value, label: labels.lang(value) })) ?? []}
        popupMatchSelectWidth={false}
      />
      <Button
        icon={<DownloadOutlined aria-hidden />}
        href={address(`/flows/${flowId}/measures.csv`, query)}
        download
      >
        {t('download')}
      </Button>
    </div>
  )
}
