import { Tag } from 'antd'
import type { TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { OpenCell } from '../records/OpenCell.tsx'
import { sides, validityOf } from './entry.ts'
import type { Validity } from './entry.ts'

interface Needs {
  t: TFunction
  lang: string
  today: string
  langName(lang: string): string
  onOpen(entry: KnowledgeView): void
}

const colors: Record<Validity, string> = {
  always: 'default',
  valid: 'default',
  notYet: 'blue',
  endsSoon: 'orange',
  expired: 'red',
}

export function entryColumns(needs: Needs): TableColumnsType<KnowledgeView> {
  const { t, lang, today, langName, onOpen } = needs
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
    { title: t('category'), dataIndex: 'category', width: 120, ellipsis: true },
    {
      title: t('variants'),
      width: 150,
      render: (_, entry) => (
        <>
          {t('variantCount', { count: variantsOf(entry) })}{' '}
          {sides
            .filter((side) => !entry.answer[side])
            .map((side) => (
              <Tag key={side} color="orange">
                {t('missingIn', { lang: langName(side) })}
              </Tag>
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
            <Tag color={entry.approved ? 'green' : 'default'}>
              {t(entry.approved ? 'approved' : 'notApproved')}
            </Tag>
            {validity !== 'always' && (
              <Tag color={colors[validity]}>{t(`validity.${validity}`)}</Tag>
            )}
          </>
        )
      },
    },
  ]
}
