/** Texts providers approved: all that may be written while a window is closed, and on some lines at all. */
import type { ApprovedText } from '../../channels/provider.ts'
import type { Part } from '../domain/message.ts'
import { fail } from '../errors.ts'
import { AccountModel } from '../intake/model.ts'
import { newId } from '../store/id.ts'
import type { Template } from './model.ts'
import { TemplateModel } from './model.ts'
import type { CreateTemplateBody, TemplateView, UpdateTemplateBody } from './schema.ts'

export class Templates {
  async list(accountId?: string): Promise<TemplateView[]> {
    const found = await TemplateModel.find(accountId ? { accountId } : {})
      .sort({ accountId: 1, name: 1 })
      .lean<Template[]>()
    return found.map(view)
  }

  /** @throws NOT_FOUND no such account, DUPLICATE, BAD_REQUEST the text names a parameter that is not listed */
  async create(body: CreateTemplateBody): Promise<TemplateView> {
    const account = await AccountModel.exists({ _id: body.accountId, kind: { $exists: true } })
    if (!account) fail('NOT_FOUND')
    checkParams(body)
    const template: Template = { ...body, _id: newId(), version: 1 }
    await once(() => TemplateModel.create(template))
    return view(template)
  }

  /** @throws NOT_FOUND, CONFLICT, DUPLICATE, BAD_REQUEST */
  async update(id: string, { version, ...fields }: UpdateTemplateBody): Promise<TemplateView> {
    const before = await find(id)
    checkParams({ ...before, ...fields })
    const template = await once(() =>
      TemplateModel.findOneAndUpdate(
        { _id: id, version },
        { $set: fields, $inc: { version: 1 } },
        { returnDocument: 'after' },
      ).lean<Template>(),
    )
    return view(template ?? fail('CONFLICT'))
  }

  async remove(id: string): Promise<void> {
    const { deletedCount } = await TemplateModel.deleteOne({ _id: id })
    if (!deletedCount) fail('NOT_FOUND')
  }

  /** Can approved texts be sent on this account? */
  async exist(accountId: string): Promise<boolean> {
    return (await TemplateModel.exists({ accountId })) !== null
  }

  /** The part of a message that sends it. @throws NOT_FOUND, TEMPLATE_PARAMS */
  async fill(templateId: string, given: Record<string, string>): Promise<Part> {
    const { text, params } = await find(templateId)
    const missing = params.filter(({ key }) => !given[key]?.trim()).map(({ key }) => key)
    if (missing.length) fail('TEMPLATE_PARAMS', { missing })
    const filled = Object.fromEntries(params.map(({ key }) => [key, given[key]!]))
    return { type: 'template', templateId, params: filled, text: fillIn(text, filled) }
  }

  /** As the channel sends it. */
  async approved(templateId: string): Promise<ApprovedText | undefined> {
    const found = await TemplateModel.findById(templateId).lean<Template>()
    if (!found) return undefined
    const { providerId, params, url, use } = found
    return { providerId, params, use, ...(url && { url }) }
  }

  /** One of that name on that account, e.g. the text of one-time codes. */
  async byName(accountId: string, name: string): Promise<Template | undefined> {
    return (await TemplateModel.findOne({ accountId, name }).lean<Template>()) ?? undefined
  }
}

const PLACE = /\{\{\s*(\w{1,32})\s*\}\}/g

const fillIn = (text: string, params: Record<string, string>): string =>
  text.replace(PLACE, (place, key: string) => params[key] ?? place)

function checkParams({ text, params }: Pick<Template, 'text' | 'params'>): void {
  const listed = new Set(params.map(({ key }) => key))
  const unlisted = [...text.matchAll(PLACE)]
    .map(([, key]) => key!)
    .filter((key) => !listed.has(key))
  if (unlisted.length || listed.size < params.length)
    fail('BAD_REQUEST', {
      issues: [{ path: 'params', message: `must list once: ${unlisted.join(', ')}` }],
    })
}

async function find(id: string): Promise<Template> {
  return (await TemplateModel.findById(id).lean<Template>()) ?? fail('NOT_FOUND')
}

async function once<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'name' })
    throw error
  }
}

function view({ _id, ...template }: Template): TemplateView {
  return { id: _id, ...template }
}
