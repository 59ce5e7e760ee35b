import { Input, Select } from 'antd'
import { useState } from 'react'
import { entryStates } from '../../../gateway/knowledge/schema.ts'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { useLang, useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { localDate } from '../records/localDate.ts'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { useSettled } from '../records/useSettled.ts'
import { BulkBar } from './BulkBar.tsx'
import { Categories } from './Categories.tsx'
import { entryColumns } from './columns.tsx'
import type { Editing } from './editing.ts'
import { useCategories } from './useCategories.ts'

type State = (typeof entryStates)[number]

export function Entries({ onEdit }: { onEdit(editing: Editing): void }) {
  const t = useT('knowledge')
  const lang = useLang()
  const labels = useLabels()
  const categories = useCategories()
  const [typed, type] = useState('')
  const [category, choose] = useState<string>()
  const [state, setState] = useState<State>()
  const [marked, mark] = useState<string[]>([])
  const q = useSettled(typed.trim())
  const entries = useItems<KnowledgeView>('/knowledge', { q, category, state })
  const shown = new Set(entries.data?.map(({ id }) => id))
  const chosen = marked.filter((id) => shown.has(id))
  const open = (entry: KnowledgeView) => onEdit({ entry })
  return (
    <div className="knowledge">
      <Categories categories={categories.list} chosen={category} onChoose={choose} />
      <div>
        <div className="bar" role="search">
          <Input.Search
            className="bar-search"
            allowClear
            aria-label={t('searchHint')}
            placeholder={t('searchHint')}
            value={typed}
            onChange={(event) => type(event.target.value)}
          />
          <Select<State | ''>
            aria-label={t('state')}
            style={{ minWidth: 150 }}
            value={state ?? ''}
            onChange={(next) => setState(next || undefined)}
            options={[
              { value: '', label: t('states.all') },
              ...entryStates.map((value) => ({ value, label: t(`states.${value}`) })),
            ]}
          />
        </div>
        {chosen.length > 0 && (
          <BulkBar ids={chosen} removed={state === 'removed'} onDone={() => mark([])} />
        )}
        <ItemTable
          name={t('list')}
          items={entries}
          width={760}
          onOpen={open}
          empty={t(q || category || state ? 'emptyFiltered' : 'empty')}
          marked={chosen}
          onMark={mark}
          markName={({ question }) => t('mark', { question: Object.values(question)[0] ?? '' })}
          columns={entryColumns({
            t,
            lang,
            langName: labels.lang,
            categoryName: categories.nameOf,
            today: localDate(Date.now()),
            onOpen: open,
          })}
        />
      </div>
    </div>
  )
}
