import { useMemo } from 'react'
import { registry } from '../../../../bots/flow/registry.ts'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { blockGroups } from '../../../../bots/flow/description.ts'
import type { BlockGroup } from '../../../../bots/flow/description.ts'
import { useLang, useT } from '../../i18n/index.ts'
import { isKind } from '../document/ports.ts'
import type { Port } from '../document/ports.ts'

export interface Kinds {
  /** 菜单 */
  name(type: string): string
  help(type: string): string
  /** an exit as a person takes it: the choice's label, else its name */
  portName(type: string, port: Pick<Port, 'port' | 'labels' | 'when'>, lang: string): string
}

/** Names of blocks and exits in the language of the console, from each block's own description. */
export function useKinds(): Kinds {
  const t = useT('flows')
  const of = useT('flows/editor')
  const lang = useLang()
  return useMemo(() => {
    const side = lang === 'en' ? 'en' : 'zh'
    const described = (type: string) => (isKind(type) ? registry[type].description : undefined)
    return {
      name: (type) => described(type)?.name[side] ?? t(`type.${type}`, { defaultValue: type }),
      help: (type) => described(type)?.help[side] ?? '',
      portName(type, { port, labels, when }, spoken) {
        const label = labels[spoken] ?? Object.values(labels)[0]
        if (label !== undefined) return label
        if (when !== undefined)
          return when.replace(
            OPERATORS,
            (_all, operator: string) => ` ${of(`operator.${operator}`)}`,
          )
        return described(type)?.exits[port]?.[side] ?? t(`port.${port}`, { defaultValue: port })
      },
    }
  }, [t, of, lang])
}

/** as conditionText() writes them */
const OPERATORS = / (==|!=|<=|>=|in|contains|empty|notEmpty|matches)(?=[ )]|$)/g

const fallback: BlockGroup = 'act'

export const groupOf = (type: string): BlockGroup =>
  (isKind(type) ? registry[type].description?.group : undefined) ?? fallback

/** The drawers of the palette with their kinds, in the order of the registry. */
export const drawers: readonly { group: BlockGroup; types: BlockType[] }[] = blockGroups.map(
  (group) => ({
    group,
    types: (Object.keys(registry) as BlockType[]).filter((type) => groupOf(type) === group),
  }),
)
