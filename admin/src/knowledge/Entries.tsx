import { Input } from 'antd'
import { useState } from 'react'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { useLang, useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { useSettled } from '../records/useSettled.ts'
import { Categories } from './Categories.tsx'
import { entryColumns } from './columns.tsx'
import { localDate } from '../records/localDate.ts'
import type { Editing } from './editing.ts'

export function Entries({ onEdit }: { onEdit(editing: Editing): void }) {
  const t = useT('knowledge')
  const lang = useLang()
  const labels = useLabels()
  const [typed, type] = useState('')
  const [category, choose] = useState<string>()
  const q = useSettled(typed.trim())
  const all = useItems<KnowledgeView>('/knowledge')
  const entries = useItems<KnowledgeView>('/knowledge', { q, category })
  const open = (entry: KnowledgeView) => onEdit({ entry })
  return (
    <div className="knowledge">
      <Categories entries={all.data ?? []} chosen={category} onChoose={choose} />
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
        </div>
        <ItemTable
          name={t('list')}
          items={entries}
          width={760}
          onOpen={open}
          empty={t(q || category ? 'emptyFiltered' : 'empty')}
          columns={entryColumns({
            t,
            lang,
            langName: labels.lang,
            today: localDate(Date.now()),
            onOpen: open,
          })}
        />
      </div>
    </div>
  )
}
