/** What the fields of one form work on: a block, or the flow itself. */
import { createContext, useContext, useMemo } from 'react'
import { asList, asObject, asString } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { pathText, readAt, writeAt } from './edit-at.ts'
import type { Path } from './edit-at.ts'

export interface FormScope {
  /** where in the document the form begins: `['blocks', 'menu']`, or `[]` */
  root: Path
  /** the block's kind */
  type?: string
  /** of this block, or of the flow itself */
  problems: readonly FlowProblem[]
}

export const FormScopeContext = createContext<FormScope>({ root: [], problems: [] })

/** One place of the form: what stands there and how it is changed. */
export interface Spot {
  value: unknown
  /** @param merge typing: steps at the same place that follow each other are undone as one */
  set(value: unknown, options?: { merge?: boolean }): void
  /** more than one place at once, as one step */
  edit(change: (root: unknown) => unknown, options?: { merge?: string }): void
  problems: readonly FlowProblem[]
}

export function useSpot(path: Path): Spot {
  const { root, problems } = useContext(FormScopeContext)
  const { doc, change } = useFlowEditor()
  const whole: Path = [...root, ...path]
  const key = whole.join('\n')
  const own = useMemo(() => problemsAt(problems, path), [problems, key]) // eslint-disable-line
  return {
    value: readAt(doc, whole),
    set: (value, options) =>
      change((now) => writeAt(now, whole, value), options?.merge ? `form:${key}` : undefined),
    edit: (edit, options) =>
      change(
        (now) => writeAt(now, root, edit(readAt(now, root))),
        options?.merge === undefined ? undefined : `form:${key}.${options.merge}`,
      ),
    problems: own,
  }
}

/** Problems at this place or inside it. */
export function problemsAt(problems: readonly FlowProblem[], path: Path): FlowProblem[] {
  const here = pathText(path)
  return problems.filter(({ field }) => field === here || field?.startsWith(`${here}.`))
}

/** Languages of the flow, the default first. */
export function langsOf(doc: Doc): string[] {
  const langs = asList(doc['langs']).flatMap((lang) => asString(lang) ?? [])
  const first = asString(doc['defaultLang'])
  const all = [...new Set(langs.length ? langs : ['zh-CN'])]
  return first !== undefined && all.includes(first)
    ? [first, ...all.filter((lang) => lang !== first)]
    : all
}

export const blockAt = (doc: Doc, id: string) => {
  const blocks = asObject(doc['blocks'])
  return Object.hasOwn(blocks, id) ? asObject(blocks[id]) : undefined
}
