import { useT } from '../i18n/index.ts'

/** Words for the values every room meets: channels and languages. Unknown ones stay as they are. */
export function useLabels(): { channel(id: string): string; lang(id: string): string } {
  const t = useT('records')
  return {
    channel: (id) => t(`channel.${id}`, { defaultValue: id }),
    lang: (id) => t(`lang.${id}`, { defaultValue: id }),
  }
}
