/** What was typed into a draft and not saved, kept while the browser's tab lives. */
export interface Unsaved {
  draftVersion: number
  /** the saved text the typing began with */
  base: string
  text: string
}

const keyOf = (flowId: string) => `yilu.flow.${flowId}`

export function keepUnsaved(flowId: string, unsaved: Unsaved | undefined): void {
  try {
    if (unsaved) sessionStorage.setItem(keyOf(flowId), JSON.stringify(unsaved))
    else sessionStorage.removeItem(keyOf(flowId))
  } catch {
    // a full or forbidden storage costs only the comfort of getting it back
  }
}

export function unsavedOf(flowId: string): Unsaved | undefined {
  try {
    const kept = sessionStorage.getItem(keyOf(flowId))
    return kept ? (JSON.parse(kept) as Unsaved) : undefined
  } catch {
    return undefined
  }
}
