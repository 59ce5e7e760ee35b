/** The sample tourist hotline of Xi'an: what a fresh installation starts with. */
import synonyms from './synonyms.json' with { type: 'json' }

export { sampleFlows } from './flows/flows.ts'
export { sampleCategories, sampleKnowledge } from './knowledge/knowledge.ts'
export { sampleSources } from './sources/sources.ts'
export { sampleQueues, sampleSchedules, sampleTicketKinds } from './desk.ts'

/** Words that mean the same to a tourist, for the knowledge index. */
export const sampleSynonyms: string[][] = synonyms.groups
