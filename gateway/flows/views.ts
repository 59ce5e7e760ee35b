/** Flows and versions as the API shows them. Pure. */
import type { z } from 'zod'
import type { TestReport } from '../../bots/flow/run-tests.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import type { Present } from './presence.ts'
import type { Checked } from './publication.ts'
import type {
  FlowCheckView,
  flowVersionView,
  FlowSummaryView,
  FlowTestView,
  FlowUseView,
  PointedView,
} from './schema.ts'

export function summaryView(
  head: FlowHead,
  editors: Present[],
  usedBy: FlowUseView[],
): FlowSummaryView {
  return {
    id: head._id,
    name: head.name,
    kind: head.kind,
    draftVersion: head.draftVersion,
    updatedAtMs: head.updatedAt.getTime(),
    updatedBy: head.updatedBy,
    ...(head.liveVersion !== undefined && { liveVersion: head.liveVersion }),
    ...(head.split && { split: head.split }),
    editors,
    usedBy,
  }
}

/** @param head of the flow, with what is live now */
export function versionView(
  version: Omit<FlowVersion, 'doc'>,
  head: Pick<FlowHead, 'liveVersion' | 'split'>,
  conversations = 0,
): z.infer<typeof flowVersionView> {
  const { liveVersion, split } = head
  const live = version.version === liveVersion
  const percent =
    split && (live ? 100 - split.percent : version.version === split.version ? split.percent : 0)
  return {
    version: version.version,
    hash: version.hash,
    live,
    ...(percent && { percent }),
    by: version.by,
    atMs: version.at.getTime(),
    note: version.note,
    conversations,
  }
}

export const pointedViews = ({ pointed = [] }: FlowHead): PointedView[] =>
  pointed
    .map(({ version, split, by, at, note }) => ({
      version,
      ...(split && { split }),
      by,
      atMs: at.getTime(),
      note,
    }))
    .reverse()

export function checkView(checked: Checked, draftVersion: number): FlowCheckView {
  const { problems, tests, callers, unpublished } = checked
  const report = 'report' in tests ? tests.report : undefined
  return {
    draftVersion,
    problems,
    tests: {
      state: tests.state,
      tests: (report?.tests ?? []).map(testView),
      untouched: report?.untouchedBlocks ?? [],
      ...('why' in tests && { why: tests.why }),
    },
    callers: callers.map(({ failed, ...caller }) => ({ ...caller, failed: failed.map(testView) })),
    unpublished,
  }
}

const testView = ({ name, failures }: TestReport): FlowTestView => ({
  name,
  failures: failures.map(({ step, zh, en }) => ({ step, zh, en })),
})
