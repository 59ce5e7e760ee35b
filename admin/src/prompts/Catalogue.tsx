import { DownloadOutlined, PrinterOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import type { PromptView } from '../../../gateway/prompts/schema.ts'
import { address } from '../api/client.ts'
import { useLang, useName, useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { useSettled } from '../records/useSettled.ts'
import { BulkUpload } from './BulkUpload.tsx'
import { promptColumns } from './columns.tsx'
import { PromptDrawer } from './PromptDrawer.tsx'
import { useFilter } from './useFilter.ts'

const STATES: PromptView['state'][] = ['stale', 'synthetic', 'recorded', 'missing']

/** Every wording of every flow: found, filtered, heard, recorded. */
export function Catalogue() {
  const t = useT('prompts')
  const lang = useLang()
  const name = useName()
  const labels = useLabels()
  const [filter, setFilter] = useFilter()
  const [typed, type] = useState(filter.q ?? '')
  const settled = useSettled(typed)
  useEffect(() => {
    if (settled !== (filter.q ?? '')) setFilter({ q: settled })
    // only what was typed asks; a filter changed elsewhere must not be undone by old words
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])
  const flows = useItems<FlowSummaryView>('/flows')
  const prompts = useItems<PromptView>('/prompts', filter)
  const [open, setOpen] = useState<string>()
  const [uploading, upload] = useState(false)
  const items = { ...prompts, data: prompts.data?.map(withId) }
  const shown = items.data?.find(({ id }) => id === open)
  const langs = [...new Set((prompts.data ?? []).map((prompt) => prompt.lang)), filter.lang]
  const readingList = (format: string) =>
    address('/prompts/reading-list', { ...filter, format, in: lang })
  const choice = (
    field: 'state' | 'flowId' | 'lang',
    options: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={t(`filter.${field}`)}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t(`filter.${field}`)}
      style={{ minWidth: 130 }}
      value={filter[field] ?? null}
      onChange={(value: string | null) => setFilter({ [field]: value ?? '' })}
      options={options}
    />
  )
  return (
    <>
      <div className="bar" role="search">
        <Input.Search
          className="bar-search"
          allowClear
          aria-label={t('filter.q')}
          placeholder={t('filter.q')}
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
        {choice(
          'state',
          STATES.map((value) => ({ value, label: t(`states.${value}`) })),
        )}
        {choice(
          'flowId',
          (flows.data ?? []).map((flow) => ({ value: flow.id, label: flow.name })),
        )}
        {choice(
          'lang',
          [...new Set(langs)].flatMap((value) =>
            value ? [{ value, label: labels.lang(value) }] : [],
          ),
        )}
        <span className="bar-gap" />
        <Button icon={<DownloadOutlined aria-hidden />} href={readingList('csv')} download>
          {t('readingList')}
        </Button>
        <Button icon={<PrinterOutlined aria-hidden />} href={readingList('html')} target="_blank">
          {t('print')}
        </Button>
        <Button icon={<UploadOutlined aria-hidden />} onClick={() => upload(true)}>
          {t('bulk.open')}
        </Button>
      </div>
      <p className="quiet" role="status">
        {items.data && t('found', { count: items.data.length })}
      </p>
      <ItemTable
        name={t('tabs.list')}
        items={items}
        width={1000}
        onOpen={({ id }) => setOpen(id)}
        empty={t(Object.keys(filter).length ? 'emptyFiltered' : 'empty')}
        columns={promptColumns({ t, langName: labels.lang, name, onOpen: ({ id }) => setOpen(id) })}
      />
      {shown && <PromptDrawer key={shown.id} prompt={shown} onClose={() => setOpen(undefined)} />}
      {uploading && <BulkUpload onClose={() => upload(false)} />}
    </>
  )
}

export type ListedPrompt = PromptView & { id: string }
const withId = (prompt: PromptView): ListedPrompt => ({
  ...prompt,
  id: `${prompt.inDraft ? '' : 'live '}${prompt.fileName}`,
})
