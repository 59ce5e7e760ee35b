import { useMemo } from 'react'
import { describeKind, kindOf } from '../../../../bots/flow/describe.ts'
import { channels } from '../../../../bots/flow/parts.ts'
import { useLang, useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { useKinds } from '../canvas/useKinds.ts'
import { portsOf } from '../document/ports.ts'
import type { DiffWords } from './readable.ts'

/** The words of the forms, from each block's own description. */
export function useDiffWords(): DiffWords {
  const t = useT('flows')
  const own = useT('flows/versions')
  const lang = useLang()
  const labels = useLabels()
  const kinds = useKinds()
  return useMemo(() => {
    const side = lang === 'en' ? 'en' : 'zh'
    const isChannel = (name: string) => channels.some((each) => each === name)
    return {
      names: side,
      kind: kinds.name,
      fields: (type) =>
        (describeKind(type)?.fields ?? [])
          .map(({ path, label }) => ({ path, label: label[side] }))
          .sort((a, b) => b.path.length - a.path.length),
      exit(block, port) {
        const type = kindOf(block) ?? ''
        const known = portsOf(block).find((each) => each.port === port)
        const spoken = lang === 'en' ? 'en' : 'zh-CN'
        return kinds.portName(type, known ?? { port, labels: {} }, spoken)
      },
      step: (name, inside) =>
        // “voice” is who speaks, and the channel of telephones
        inside === 'by' && isChannel(name)
          ? labels.channel(name)
          : own(`step.${name}`, {
              defaultValue: t(`step.${name}`, {
                defaultValue: isChannel(name) ? labels.channel(name) : labels.lang(name),
              }),
            }),
      yes: own('yes'),
      no: own('no'),
      exits: t('step.out'),
    }
  }, [t, own, lang, labels, kinds])
}
