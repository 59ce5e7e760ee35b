import type { FlowUseView } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'

/** 号码“热线”: one who uses a flow, in words. */
export function useUseWords(): (use: FlowUseView) => string {
  const t = useT('flows/library')
  return ({ kind, name, count }) => t(`use.${kind}`, { name, count })
}
