import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { changeCategory, createCategory, listCategories, removeCategory } from './categories.ts'
import type { Category } from './model.ts'
import { KnowledgeModel } from './model.ts'
import type { CategoryView } from './schema.ts'
import { categoryView, createCategoryBody, updateCategoryBody } from './schema.ts'

export function categoryRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/knowledge/categories',
      tag: 'Knowledge',
      summary: 'Categories in their order, with their number of entries',
      access: 'session',
      answers: items(categoryView),
      async handle() {
        const used = await KnowledgeModel.find(
          { removedAt: { $exists: false } },
          { category: 1 },
        ).lean<{ category: string }[]>()
        const counts = new Map<string, number>()
        for (const { category } of used) counts.set(category, (counts.get(category) ?? 0) + 1)
        const categories = await listCategories()
        return { items: categories.map((each) => view(each, counts.get(each._id) ?? 0)) }
      },
    }),
    route({
      method: 'post',
      path: '/knowledge/categories',
      tag: 'Knowledge',
      summary: 'Add a category',
      access: 'manageKnowledge',
      body: createCategoryBody,
      answers: categoryView,
      handle: async ({ body }) => view(await createCategory(body.name), 0),
    }),
    route({
      method: 'patch',
      path: '/knowledge/categories/:id',
      tag: 'Knowledge',
      summary: 'Rename or move a category',
      access: 'manageKnowledge',
      body: updateCategoryBody,
      answers: categoryView,
      async handle({ params, body }) {
        const { version, name, order } = body
        const category = await changeCategory(params.id!, {
          version,
          ...(name && { name }),
          ...(order !== undefined && { order }),
        })
        const filter = { category: category._id, removedAt: { $exists: false } }
        return view(category, await KnowledgeModel.countDocuments(filter))
      },
    }),
    route({
      method: 'delete',
      path: '/knowledge/categories/:id',
      tag: 'Knowledge',
      summary: 'Remove a category without entries',
      access: 'manageKnowledge',
      handle: ({ params }) => removeCategory(params.id!),
    }),
  ]
}

const view = ({ _id, ...category }: Category, entries: number): CategoryView => ({
  id: _id,
  ...category,
  entries,
})
