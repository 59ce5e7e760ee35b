/** The sample tourist hotline of Xi'an: what a fresh installation starts with. */
import intents from './intents.json' with { type: 'json' }
import synonyms from './synonyms.json' with { type: 'json' }

export { sampleFlows } from './flows/flows.ts'
export { sampleCategories, sampleKnowledge } from './knowledge/knowledge.ts'
export { sampleSources } from './sources/sources.ts'
export { sampleQueues, sampleSchedules, sampleTicketKinds } from './desk.ts'

/** Words that mean the same to a tourist, for the knowledge index. */
export const sampleSynonyms: string[][] = synonyms.groups

/** A set of intents to begin with: what people call about. */
export const sampleIntents: {
  id: string
  name: { zh: string; en: string }
  intents: {
    id: string
    name: { zh: string; en: string }
    examples: Record<string, string[]>
    keywords: Record<string, string[]>
  }[]
} = intents
