import type { TableColumnsType } from 'antd'
import type { TFunction } from 'i18next'
import type { PromptView } from '../../../gateway/prompts/schema.ts'
import { clock } from '../desk/duration.ts'
import { Mark } from '../records/Mark.tsx'
import type { Tone } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import type { ListedPrompt } from './Catalogue.tsx'

export const stateTones: Record<PromptView['state'], Tone> = {
  recorded: 'green',
  stale: 'amber',
  synthetic: 'plain',
  missing: 'red',
}

interface Needs {
  t: TFunction
  langName(lang: string): string
  /** of the two, the one in the reader's language */
  name(words: { zh: string; en: string } | undefined): string
  onOpen(prompt: ListedPrompt): void
}

export function promptColumns({
  t,
  langName,
  name,
  onOpen,
}: Needs): TableColumnsType<ListedPrompt> {
  return [
    {
      title: t('columns.text'),
      render: (_, prompt) => (
        <OpenCell onOpen={() => onOpen(prompt)}>
          <span className="prompt-words">{prompt.text || t('noText')}</span>
        </OpenCell>
      ),
    },
    {
      title: t('columns.place'),
      width: 220,
      render: (_, { flowName, label, block, field, fieldName }) => (
        <>
          {flowName}
          <br />
          <span className="quiet">
            {label ?? block ?? t('ofFlow')} · {name(fieldName) || field}
          </span>
        </>
      ),
    },
    { title: t('columns.lang'), dataIndex: 'lang', width: 100, render: langName },
    {
      title: t('columns.state'),
      width: 190,
      render: (_, { state, variables }) => (
        <>
          <Mark tone={stateTones[state]}>{t(`states.${state}`)}</Mark>{' '}
          {state !== 'missing' && variables && <Mark>{t('variables')}</Mark>}
        </>
      ),
    },
    {
      title: t('columns.length'),
      dataIndex: 'durationMs',
      width: 80,
      align: 'right',
      render: (ms?: number) => (ms === undefined ? '—' : clock(ms)),
    },
    {
      title: t('columns.live'),
      width: 130,
      render: (_, { live, inDraft }) => (inDraft ? t(`live.${live}`) : t('live.only')),
    },
  ]
}
