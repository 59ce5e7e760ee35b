/** What people asked and nobody answered: kept by wording, shown as groups of the same question. */
import { createHash } from 'node:crypto'
import type { Lang } from '../../bots/nlu/entry.ts'
import { normalise } from '../../bots/nlu/normalise.ts'
import { closeness } from '../../bots/nlu/scoring.ts'
import type { Synonyms } from '../../bots/nlu/synonyms.ts'
import type { Terms } from '../../bots/nlu/terms.ts'
import { termsOf } from '../../bots/nlu/terms.ts'
import { maskPersonal } from '../domain/mask-personal.ts'
import type { Miss } from './model.ts'
import { MissModel } from './model.ts'

const MAX_MISS_CHARS = 200
/** wordings looked at for one list; grouping compares each with the first of every group */
const MISSES_GROUPED = 500
/** Half of what both say is the same: 兵马俑能带宠物吗 and 能带宠物进兵马俑吗. */
const SAME_QUESTION = 0.5

export interface MissGroup {
  text: string
  lang: Lang
  count: number
  lastAt: Date
  wordings: Miss[]
}

export const missId = (text: string, lang: Lang): string =>
  createHash('sha256').update(`${lang}\n${text.toLowerCase()}`).digest('hex').slice(0, 32)

/** Numbers that belong to a person are starred: the list is read by all who keep the knowledge. */
export async function keepMiss(text: string, lang: Lang, nowMs: number): Promise<void> {
  const wording = maskPersonal(text.trim().slice(0, MAX_MISS_CHARS))
  if (!wording) return
  await MissModel.updateOne(
    { _id: missId(wording, lang) },
    {
      $inc: { count: 1 },
      $set: { lastAt: new Date(nowMs) },
      $setOnInsert: { text: wording, lang },
    },
    { upsert: true },
  )
}

/** Open ones, most asked first; those whose very words an entry has taken up are left out. */
export async function openMisses(
  taken: (text: string, lang: Lang) => boolean,
  synonyms: Synonyms,
): Promise<MissGroup[]> {
  const misses = await MissModel.find({ dismissed: { $ne: true } })
    .sort({ count: -1, lastAt: -1 })
    .limit(MISSES_GROUPED)
    .lean<Miss[]>()
  return grouped(
    misses.filter(({ text, lang }) => !taken(text, lang)),
    synonyms,
  )
}

/** Similar wordings together, in the order of how often each group was asked. */
export function grouped(misses: Miss[], synonyms: Synonyms): MissGroup[] {
  const groups: (MissGroup & { terms: Terms })[] = []
  for (const miss of misses) {
    const terms = termsOf(miss.text, synonyms)
    const same = groups.find(
      (group) =>
        group.lang === miss.lang &&
        (normalise(group.text) === normalise(miss.text) ||
          closeness(group.terms, terms, () => 1) >= SAME_QUESTION),
    )
    if (!same) {
      const { text, lang, count, lastAt } = miss
      groups.push({ text, lang, count, lastAt, wordings: [miss], terms })
      continue
    }
    same.wordings.push(miss)
    same.count += miss.count
    if (miss.lastAt > same.lastAt) same.lastAt = miss.lastAt
  }
  return groups
    .sort((a, b) => b.count - a.count || b.lastAt.getTime() - a.lastAt.getTime())
    .map(({ terms: _terms, ...group }) => group)
}

/** No matter of ours: asked again, they stay off the list. */
export async function dismissMisses(ids: string[]): Promise<void> {
  await MissModel.updateMany({ _id: { $in: ids } }, { $set: { dismissed: true } })
}

export async function forgetMisses(ids: string[]): Promise<number> {
  return (await MissModel.deleteMany({ _id: { $in: ids } })).deletedCount
}
