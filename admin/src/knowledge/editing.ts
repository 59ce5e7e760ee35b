import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import type { EntryDraft } from './entry.ts'

/** What the drawer is open for: an entry there is, or one to be. */
export type Editing = { entry: KnowledgeView } | { draft: EntryDraft }
