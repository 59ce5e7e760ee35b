import type { IntentSetView } from '../../../../gateway/intents/schema.ts'
import type { KnowledgeView } from '../../../../gateway/knowledge/schema.ts'
import { useLang, useName, useT } from '../../i18n/index.ts'
import { useCodeWords } from '../../records/useCodeWords.ts'
import { useItems } from '../../records/useItems.ts'
import { useSession } from '../../session/useSession.ts'
import { asObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'

/** What is counted under a mark, in words: the entry's question, the intent's name; else as it was marked. */
export function useMarkNames(): (kind: string, label: string) => string {
  const t = useT('flows/measure')
  const lang = useLang()
  const name = useName()
  const codeWords = useCodeWords()
  const { doc } = useFlowEditor()
  const enabled = useSession().can('manageKnowledge')
  const entries = useItems<KnowledgeView>('/knowledge', {}, { enabled })
  const sets = useItems<IntentSetView>('/intents', {}, { enabled })
  const inLang = (texts: Record<string, unknown>): unknown => texts[lang] ?? Object.values(texts)[0]
  const named = (kind: string, label: string): unknown => {
    switch (kind) {
      case 'faq':
        return inLang(entries.data?.find(({ id }) => id === label)?.question ?? {})
      case 'intent':
        return name(
          sets.data?.flatMap(({ intents }) => intents).find(({ id }) => id === label)?.name,
        )
      case 'hotkey':
      case 'emergency': {
        const hotkeys = Array.isArray(doc['hotkeys']) ? doc['hotkeys'].map(asObject) : []
        const said = inLang(asObject(hotkeys.find(({ id }) => id === label)?.['say']))
        return Array.isArray(said) ? said[0] : undefined
      }
      case 'fail':
        return codeWords(label, undefined)
      default:
        return t(`label.${kind}.${label}`, { defaultValue: '' })
    }
  }
  return (kind, label) => {
    const found = label && named(kind, label)
    return typeof found === 'string' && found ? found : label || t('times')
  }
}
