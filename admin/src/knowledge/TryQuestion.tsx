import { Button, Empty, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { knowledgeHitView, KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useLang, useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { entryOfMiss, sides } from './entry.ts'
import type { Side } from './entry.ts'
import { Hit } from './Hit.tsx'
import type { Editing } from './editing.ts'

type HitView = z.infer<typeof knowledgeHitView>

/** Asks as the bot would, and shows what it would find and how sure it is. */
export function TryQuestion({ onEdit }: { onEdit(editing: Editing): void }) {
  const t = useT('knowledge')
  const labels = useLabels()
  const [lang, setLang] = useState<Side>(useLang())
  const [typed, type] = useState('')
  const [asked, ask] = useState({ q: '', lang })
  const hits = useItems<HitView>('/knowledge/search', asked, { enabled: asked.q !== '' })
  const { data: entries } = useItems<KnowledgeView>('/knowledge')
  const search = (q: string) => ask({ q: q.trim(), lang })
  const makeEntry = () => onEdit({ draft: entryOfMiss({ text: asked.q, lang: asked.lang }, '') })
  return (
    <>
      <p className="quiet">{t('tryHint')}</p>
      <div className="bar" role="search">
        <Segmented<Side>
          className="chosen"
          aria-label={t('tryLang')}
          value={lang}
          onChange={(next) => {
            setLang(next)
            ask({ ...asked, lang: next })
          }}
          options={sides.map((value) => ({ value, label: labels.lang(value) }))}
        />
        <Input.Search
          style={{ maxWidth: 560 }}
          maxLength={300}
          enterButton={t('tryAsk')}
          aria-label={t('tryAsk')}
          placeholder={t('tryPlaceholder')}
          value={typed}
          loading={hits.isFetching}
          onChange={(event) => type(event.target.value)}
          onSearch={search}
        />
      </div>
      <ErrorNotice error={hits.error} onRetry={() => void hits.refetch()} />
      <div aria-live="polite">
        {asked.q && hits.data?.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('tryEmpty')}>
            <Button onClick={makeEntry}>{t('makeEntry')}</Button>
          </Empty>
        )}
        {asked.q && hits.data && hits.data.length > 0 && (
          <ol className="hits" aria-label={t('hits')}>
            {hits.data.map((hit, at) => {
              const entry = entries?.find(({ id }) => id === hit.id)
              return (
                <Hit
                  key={hit.id}
                  hit={hit}
                  first={at === 0}
                  approved={entry?.approved ?? true}
                  onOpen={entry && (() => onEdit({ entry }))}
                />
              )
            })}
          </ol>
        )}
      </div>
    </>
  )
}
