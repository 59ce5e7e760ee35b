import { Segmented } from 'antd'
import { useState } from 'react'
import type { ImportPreviewRow } from '../../../gateway/knowledge/import/schema.ts'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import type { Tone } from '../records/Mark.tsx'
import { Mark } from '../records/Mark.tsx'

const SHOWN = 200
const tones: Record<ImportPreviewRow['state'], Tone> = { new: 'green', changed: 'amber', same: 'plain' } // prettier-ignore

/** Every row before it is taken in: what it makes, or why it is left out. */
export function ImportRows({ rows }: { rows: ImportPreviewRow[] }) {
  const t = useT('knowledge')
  const bad = rows.filter(({ problems }) => problems.length > 0)
  const [only, show] = useState<'all' | 'bad'>('all')
  const shown = (only === 'bad' ? bad : rows).slice(0, SHOWN)
  return (
    <>
      <div className="bar">
        <Segmented<'all' | 'bad'>
          className="chosen"
          value={only}
          onChange={show}
          options={[
            { value: 'all', label: t('import.rows', { count: rows.length }) },
            { value: 'bad', label: t('import.badRows', { count: bad.length }) },
          ]}
        />
        {rows.length > SHOWN && (
          <span className="quiet">{t('import.firstOnly', { count: SHOWN })}</span>
        )}
      </div>
      <ItemTable
        name={t('import.title')}
        width={820}
        empty={t('import.noBad')}
        items={{
          data: shown.map((row) => ({ ...row, id: String(row.row) })),
          error: undefined,
          isPending: false,
          refetch: () => Promise.resolve(),
        }}
        columns={[
          { title: t('import.row'), dataIndex: 'row', width: 70 },
          {
            title: t('question'),
            render: (_, { question, answer }) =>
              Object.keys({ ...question, ...answer }).map((lang) => (
                <div key={lang} lang={lang}>
                  <b>{question[lang] ?? '—'}</b>
                  <div className="entry-answer">{answer[lang] ?? '—'}</div>
                </div>
              )),
          },
          {
            title: t('category'),
            width: 130,
            render: (_, { category, newCategory }) => (
              <>
                {category} {newCategory && <Mark tone="blue">{t('import.newCategory')}</Mark>}
              </>
            ),
          },
          {
            title: t('import.becomes'),
            width: 240,
            render: (_, { problems, state, alike }) =>
              problems.length > 0 ? (
                problems.map((problem) => (
                  <div key={problem}>
                    <Mark tone="red">{t('import.leftOut')}</Mark> {t(`import.problem.${problem}`)}
                  </div>
                ))
              ) : (
                <>
                  <Mark tone={tones[state]}>{t(`import.state.${state}`)}</Mark>
                  {alike?.map((each) => (
                    <div key={each.id} className="quiet">
                      {t('import.alike', { question: each.question })}
                    </div>
                  ))}
                </>
              ),
          },
        ]}
      />
    </>
  )
}
