import { Button, Dropdown } from 'antd'
import type { WordsView } from '../../../../gateway/measures/schema.ts'
import { useT } from '../../i18n/index.ts'
import { navigate } from '../../router.tsx'
import type { Choice } from './wording.ts'

/** stands for what was masked; words with a hole in them pick nothing */
const MASK = '•'

interface Props {
  words: WordsView
  choices: readonly Choice[]
  onWording(choice: Choice): void
  onDismiss(): void
}

/** What can be made of words that were not understood. */
export function WordsActions({ words, choices, onWording, onDismiss }: Props) {
  const t = useT('flows/measure')
  const { text, lang } = words
  return (
    <span className="measure-actions">
      {choices.length > 0 && (
        <Dropdown
          trigger={['click']}
          disabled={text.includes(MASK)}
          menu={{
            items: choices.map(({ id, label }) => ({ key: id, label })),
            onClick: ({ key }) => onWording(choices.find(({ id }) => id === key)!),
          }}
        >
          <Button size="small">{t('asWording')}</Button>
        </Dropdown>
      )}
      <Button
        size="small"
        onClick={() =>
          navigate(`/knowledge/entries?${new URLSearchParams({ question: text, lang }).toString()}`)
        }
      >
        {t('toKnowledge')}
      </Button>
      <Button size="small" type="text" onClick={onDismiss}>
        {t('dismiss')}
      </Button>
    </span>
  )
}
