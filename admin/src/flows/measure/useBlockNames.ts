import { useMemo } from 'react'
import { blockName } from '../../../../bots/flow/block-names.ts'
import { kindOf } from '../../../../bots/flow/describe.ts'
import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { portsOf } from '../document/ports.ts'
import { useKinds } from '../canvas/useKinds.ts'
import { useLang } from '../../i18n/index.ts'

export interface BlockNames {
  /** what people call it */
  title(block: string): string
  /** 菜单; nothing for a block that is not in the draft any more */
  kind(block: string): string | undefined
  exit(block: string, port: string): string
}

/** What blocks and exits are called in the draft at hand. */
export function useBlockNames(doc: Doc): BlockNames {
  const kinds = useKinds()
  const lang = useLang()
  return useMemo(() => {
    const blocks = asObject(doc['blocks'])
    const blockOf = (id: string) => (Object.hasOwn(blocks, id) ? asObject(blocks[id]) : undefined)
    const typeOf = (id: string) => kindOf(blockOf(id) ?? {})
    return {
      title: (id) => blockName(blocks, id, lang === 'en' ? 'en' : 'zh'),
      kind(id) {
        const type = typeOf(id)
        return type && kinds.name(type)
      },
      exit(id, port) {
        const block = blockOf(id)
        const known = block && portsOf(block).find((each) => each.port === port)
        return kinds.portName(typeOf(id) ?? '', known ?? { port, labels: {} }, lang)
      },
    }
  }, [doc, kinds, lang])
}
