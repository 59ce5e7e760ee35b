import { loadPinyin } from '../../../../bots/flow/pinyin.ts'
import { keyOf } from '../../settings/key.ts'

/** An id for a name in either language: 夜间值守 → ye-jian-zhi-shou. */
export async function proposeId(name: string): Promise<string> {
  const plain = keyOf(name)
  if (!/\p{Script=Han}/u.test(name)) return plain
  const soundOf = await loadPinyin()
  return keyOf(soundOf(name))
}
