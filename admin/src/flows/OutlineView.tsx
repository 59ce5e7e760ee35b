import type { Draft } from './useDraft.ts'
import { Outline } from './Outline.tsx'
export default function OutlineView({ draft }: { draft: Draft }) {
  return <Outline doc={draft.lastDoc} />
}
