import { useMemo } from 'react'
import { allKinds, describeKind } from '../../../../bots/flow/describe.ts'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { blockGroups } from '../../../../bots/flow/description.ts'
import type { BlockGroup } from '../../../../bots/flow/description.ts'
import { useLang, useT } from '../../i18n/index.ts'
import type { Port } from '../document/ports.ts'

export interface Kinds {
  /** 菜单 */
  name(type: string): string
  help(type: string): string
  /** an exit as a person takes it: the choice's label, else its name */
  portName(type: string, port: Pick<Port, 'port' | 'labels' | 'when'>, lang: string): string
  /** a condition of conditionText() with its comparisons in words */
  condition(when: string): string
}

/** Names of blocks and exits in the language of the console, from each block's own description. */
export function useKinds(): Kinds {
  const t = useT('flows')
  const of = useT('flows/editor')
  const lang = useLang()
  return useMemo(() => {
    const side = lang === 'en' ? 'en' : 'zh'
    const condition = (when: string) =>
      when.replace(OPERATORS, (_all, operator: string) => ` ${of(`operator.${operator}`)}`)
    return {
      condition,
      name: (type) => describeKind(type)?.name[side] ?? t(`type.${type}`, { defaultValue: type }),
      help: (type) => describeKind(type)?.help[side] ?? '',
      portName(type, { port, labels, when }, spoken) {
        const label = labels[spoken] ?? Object.values(labels)[0]
        if (label !== undefined) return label
        if (when !== undefined) return condition(when)
        return describeKind(type)?.exits[port]?.[side] ?? t(`port.${port}`, { defaultValue: port })
      },
    }
  }, [t, of, lang])
}

/** as conditionText() writes them */
const OPERATORS = / (==|!=|<=|>=|in|contains|empty|notEmpty|matches)(?=[ )]|$)/g

const fallback: BlockGroup = 'act'

export const groupOf = (type: string): BlockGroup => describeKind(type)?.group ?? fallback

/**
 * The drawers of the palette with their kinds, in the order of the registry, those of this installation last: they
 * are known before this module is loaded (FlowPage).
 */
export const drawers: readonly { group: BlockGroup; types: BlockType[] }[] = blockGroups.map(
  (group) => ({
    group,
    types: (allKinds() as BlockType[]).filter((type) => groupOf(type) === group),
  }),
)
