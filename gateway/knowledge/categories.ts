/** The few headings entries stand under, named in both languages of the console. */
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { Category } from './model.ts'
import { CategoryModel, KnowledgeModel } from './model.ts'

type Named = { id: string; name: Category['name'] }

/**
 * Before there was a table of categories, an entry carried its category's words (`景点 Sights`, or what
 * somebody typed). They become ids once: of the category they name, else of a new one of that name.
 */
export async function migrateCategories(samples: readonly Named[]): Promise<void> {
  const used = (await KnowledgeModel.distinct('category')) as string[]
  const known = new Map(
    (await CategoryModel.find().lean<Category[]>()).map((category) => [category._id, category]),
  )
  const sample = (words: string) =>
    samples.find(({ id, name }) =>
      [id, name.zh, name.en, `${name.zh} ${name.en}`].includes(words.trim()),
    )
  for (const words of used) {
    if (!words || known.has(words)) continue
    const named = sample(words)
    const there = [...known.values()].find(
      ({ name }) => name.zh === words.trim() || name.en === words.trim(),
    )
    const id = there?._id ?? named?.id ?? newId()
    if (!known.has(id)) {
      const name = named?.name ?? { zh: words.trim(), en: words.trim() }
      const order = named ? samples.indexOf(named) : samples.length + known.size
      const category: Category = { _id: id, name, order, version: 1 }
      await CategoryModel.updateOne({ _id: id }, { $setOnInsert: category }, { upsert: true })
      known.set(id, category)
    }
    if (id !== words)
      await KnowledgeModel.updateMany({ category: words }, { $set: { category: id } })
  }
}

export const listCategories = (): Promise<Category[]> =>
  CategoryModel.find().sort({ order: 1, _id: 1 }).lean<Category[]>().exec()

/** A new one stands last. */
export async function createCategory(name: Category['name']): Promise<Category> {
  const last = await CategoryModel.findOne().sort({ order: -1 }).lean<Category>()
  const category = { _id: newId(), name, order: (last?.order ?? -1) + 1, version: 1 }
  await CategoryModel.create(category)
  return category
}

export async function changeCategory(
  id: string,
  { version, ...fields }: { version: number; name?: Category['name']; order?: number },
): Promise<Category> {
  const category = await CategoryModel.findOneAndUpdate(
    { _id: id, version },
    { $set: fields, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<Category>()
  return category ?? fail((await CategoryModel.exists({ _id: id })) ? 'CONFLICT' : 'NOT_FOUND')
}

export async function removeCategory(id: string): Promise<void> {
  if (await KnowledgeModel.exists({ category: id, removedAt: { $exists: false } }))
    fail('CATEGORY_IN_USE')
  const { deletedCount } = await CategoryModel.deleteOne({ _id: id })
  if (!deletedCount) fail('NOT_FOUND')
}
