import { useT } from '../../i18n/index.ts'
import type { Path } from './edit-at.ts'
import { PromptField } from './PromptField.tsx'

interface Props {
  path: Path
  of: readonly ('noInput' | 'noMatch' | 'invalid')[]
}

/** What is said when an answer is missing, not understood, or out of bounds. */
export function RetryField({ path, of }: Props) {
  const t = useT('flows/form')
  return of.map((part) => (
    <PromptField
      key={part}
      path={[...path, part]}
      label={t(`retry.${part}`)}
      help={t(`retry.${part}Help`)}
    />
  ))
}
