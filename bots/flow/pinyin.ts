/**
 * Toneless pinyin, loaded when first needed: its dictionary is 2 MB, and only the editor and the
 * publishing gate want it. Telephone speech hardly carries tones, nor do recognisers keep them.
 */
export async function loadPinyin(): Promise<(phrase: string) => string> {
  const { pinyin } = await import('pinyin-pro')
  const known = new Map<string, string>()
  return (phrase) => {
    let sound = known.get(phrase)
    if (sound === undefined) {
      sound = pinyin(phrase, { toneType: 'none', type: 'array' }).join(' ')
      known.set(phrase, sound)
    }
    return sound
  }
}
