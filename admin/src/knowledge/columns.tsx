import { Mark } from '../records/Mark.tsx'
import type { Tone } from '../records/Mark.tsx'
import type { TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { OpenCell } from '../records/OpenCell.tsx'
import { sides, standingOf, validityOf } from './entry.ts'
import type { Validity } from './entry.ts'

interface Needs {
  t: TFunction
  lang: string
  today: string
  langName(lang: string): string
  categoryName(id: string): string
  onOpen(entry: KnowledgeView): void
}

const tones: Record<Validity, Tone> = {
  always: 'plain',
  valid: 'plain',
  notYet: 'blue',
  endsSoon: 'amber',
  expired: 'red',
}

const standings: Record<ReturnType<typeof standingOf>, Tone> = {
  approved: 'green',
  waiting: 'amber',
  draft: 'plain',
}

export function entryColumns(needs: Needs): TableColumnsType<KnowledgeView> {
  const { t, lang, today, langName, categoryName, onOpen } = needs
  const inLang = (byLang: Record<string, string>) =>
    byLang[lang] || sides.map((side) => byLang[side]).find(Boolean) || '—'
  const variantsOf = (entry: KnowledgeView) => Object.values(entry.variants).flat().length
  return [
    {
      title: t('question'),
      render: (_, entry) => (
        <>
          <OpenCell onOpen={() => onOpen(entry)}>{inLang(entry.question)}</OpenCell>
          <div className="entry-answer">{inLang(entry.answer)}</div>
        </>
      ),
    },
    {
      title: t('category'),
      dataIndex: 'category',
      width: 170,
      render: categoryName,
    },
    {
      title: t('variants'),
      width: 150,
      render: (_, entry) => (
        <>
          {t('variantCount', { count: variantsOf(entry) })}{' '}
          {sides
            .filter((side) => !entry.answer[side])
            .map((side) => (
              <Mark key={side} tone="amber">
                {t('missingIn', { lang: langName(side) })}
              </Mark>
            ))}
        </>
      ),
    },
    {
      title: t('approved'),
      width: 170,
      render: (_, entry) => {
        const validity = validityOf(entry, today)
        return (
          <>
            <Mark tone={standings[standingOf(entry)]}>{t(`standing.${standingOf(entry)}`)}</Mark>
            {validity !== 'always' && (
              <Mark tone={tones[validity]}>{t(`validity.${validity}`)}</Mark>
            )}
          </>
        )
      },
    },
  ]
}
