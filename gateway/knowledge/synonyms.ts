/** Groups of words that mean the same, as staff keep them; the search reads them. */
import { normalise } from '../../bots/nlu/normalise.ts'
import type { SynonymGroup } from '../../bots/nlu/synonyms.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { StoredSynonyms } from './model.ts'
import { SynonymsModel } from './model.ts'

/** The sample's groups, into an installation that never had any of its own. */
export async function seedSynonyms(groups: readonly SynonymGroup[]): Promise<void> {
  if ((await SynonymsModel.countDocuments()) > 0) return
  await Promise.all(
    groups.map((words, index) => {
      const _id = `sample-${String(index + 1).padStart(3, '0')}`
      return SynonymsModel.updateOne(
        { _id },
        { $setOnInsert: { words: [...words], version: 1 } },
        { upsert: true },
      )
    }),
  )
}

/** In the order they were made: a word in two groups would belong to the first. */
export const listSynonyms = (): Promise<StoredSynonyms[]> =>
  SynonymsModel.find().sort({ _id: 1 }).lean<StoredSynonyms[]>().exec()

export async function createSynonyms(words: string[]): Promise<StoredSynonyms> {
  await refuseTaken(words, undefined)
  const group = { _id: newId(), words, version: 1 }
  await SynonymsModel.create(group)
  return group
}

export async function changeSynonyms(
  id: string,
  version: number,
  words: string[],
): Promise<StoredSynonyms> {
  await refuseTaken(words, id)
  const group = await SynonymsModel.findOneAndUpdate(
    { _id: id, version },
    { $set: { words }, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<StoredSynonyms>()
  return group ?? fail((await SynonymsModel.exists({ _id: id })) ? 'CONFLICT' : 'NOT_FOUND')
}

export async function removeSynonyms(id: string): Promise<void> {
  const { deletedCount } = await SynonymsModel.deleteOne({ _id: id })
  if (!deletedCount) fail('NOT_FOUND')
}

async function refuseTaken(words: string[], own: string | undefined): Promise<void> {
  const wanted = new Set(words.map(normalise))
  for (const group of await listSynonyms()) {
    const word =
      group._id === own ? undefined : group.words.find((each) => wanted.has(normalise(each)))
    if (word) fail('SYNONYM_TAKEN', { word, group: group.words.slice(0, 5).join(' · ') })
  }
}
