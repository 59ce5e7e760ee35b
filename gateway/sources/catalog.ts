/** Stored sources as they are made, changed and tried; secrets go in and never come out. */
import type { Bus } from '../bus/bus.ts'
import { errorEntry, fail, YiluError } from '../errors.ts'
import { seal, unseal } from '../store/sealed.ts'
import { seenOf } from './answer-map.ts'
import type { SourceDefinition, StoredSource } from './model.ts'
import { SourceModel } from './model.ts'
import type {
  CreateSourceBody,
  SourceDetail,
  SourceView,
  TrySourceBody,
  TrySourceView,
  UpdateSourceBody,
} from './schema.ts'
import type { Source } from './source.ts'
import { boundTo } from './secret-place.ts'
import { secretOwner } from './sources.ts'
import type { Sources } from './sources.ts'
import { sourcesUsed } from './where-used.ts'

/** of a raw answer, shown in the console */
const MAX_SHOWN_CHARS = 100_000

type Definition = SourceDefinition

export interface CatalogOptions {
  sources: Sources
  bus: Bus
  secret: string
  now: () => number
}

export class SourceCatalog {
  private readonly options: CatalogOptions

  constructor(options: CatalogOptions) {
    this.options = options
  }

  async list(): Promise<SourceView[]> {
    const used = await sourcesUsed()
    return this.options.sources.all().map(({ source, book, version }) => {
      const seen = book.seen ?? seenBefore(source)
      return {
        ...{ id: source.id, name: source.name, kind: source.kind, origin: source.origin },
        ...(source.note && { note: source.note }),
        parameters: source.parameters,
        ...{ fields: seen.fields, list: seen.list },
        health: book.health(),
        usedBy: used.get(source.id) ?? [],
        ...(version > 0 && { version }),
      }
    })
  }

  detail(id: string): SourceDetail {
    const { sources } = this.options
    const found = sources.all().find(({ source }) => source.id === id) ?? fail('NOT_FOUND')
    const { secret, ...source } = found.source
    return {
      ...(source as Omit<SourceDetail, 'hasSecret' | 'replaces' | 'version'>),
      hasSecret: secret !== undefined,
      replaces: source.origin === 'stored' && sources.isGiven(id),
      version: found.version,
    } as SourceDetail
  }

  /** @throws DUPLICATE where one is stored or stands in the operator's file, BAD_REQUEST */
  async create(body: CreateSourceBody, by: string): Promise<SourceDetail> {
    const { id, secret, ...definition } = body
    const { sources, now } = this.options
    if (sources.one(id)?.origin === 'file') fail('DUPLICATE', { field: 'id' })
    this.check(id, definition)
    const stored = {
      ...{ ...definition, _id: id, version: 1, updatedAt: new Date(now()), updatedBy: by },
      ...(secret && { sealed: this.seal(id, secret) }),
    }
    try {
      await SourceModel.create(stored)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'id' })
      throw error
    }
    return this.changed(id)
  }

  /** @throws NOT_FOUND, CONFLICT, SOURCE_SECRET_ANEW, BAD_REQUEST */
  async update(id: string, body: UpdateSourceBody, by: string): Promise<SourceDetail> {
    const { version, secret, ...definition } = body
    const before = (await SourceModel.findById(id).lean<StoredSource>()) ?? fail('NOT_FOUND')
    if (before.version !== version) fail('CONFLICT')
    this.check(id, definition)
    const sealed = secret
      ? this.seal(id, secret)
      : secret === null
        ? undefined
        : this.kept(before, definition)
    const { matchedCount } = await SourceModel.replaceOne(
      { _id: id, version },
      {
        ...{ ...definition, _id: id, version: version + 1 },
        ...{ updatedAt: new Date(this.options.now()), updatedBy: by },
        ...(sealed !== undefined && { sealed }),
      },
    )
    if (matchedCount === 0) fail('CONFLICT')
    return this.changed(id)
  }

  /** @throws NOT_FOUND; IN_USE with where, unless a given one takes its place */
  async remove(id: string): Promise<void> {
    const { sources } = this.options
    if (!(await SourceModel.exists({ _id: id }))) fail('NOT_FOUND')
    const uses = sources.isGiven(id) ? [] : ((await sourcesUsed()).get(id) ?? [])
    const lent = sources
      .all()
      .filter(
        ({ source }) => 'connectionOf' in source.settings && source.settings.connectionOf === id,
      )
    if (uses.length + lent.length > 0)
      fail('IN_USE', {
        by: [
          ...uses.map(({ name, block }) => `${name} › ${block}`),
          ...lent.map(({ source }) => source.name.zh || source.name.en),
        ].slice(0, 20),
      })
    await SourceModel.deleteOne({ _id: id })
    this.options.bus.publish('sources', {})
    await sources.settled()
  }

  /** Asks with what is typed; a failure is an answer too, in words. */
  async try(body: TrySourceBody): Promise<TrySourceView> {
    const { id, secret, params, lang, ...definition } = body
    const { sources } = this.options
    const begunMs = performance.now()
    const took = () => Math.round(performance.now() - begunMs)
    try {
      this.check(id, definition)
      const stored =
        id && secret === undefined ? await SourceModel.findById(id).lean<StoredSource>() : undefined
      const kept = stored && this.kept(stored, definition)
      const open = secret ?? (kept && (unseal(this.options.secret, secretOwner(id!), kept) ?? { lost: true })) // prettier-ignore
      const source = {
        ...definition,
        ...{ id: id ?? 'new', origin: 'stored' },
        ...(open && { secret: open }),
      } as Source
      const { raw, mapped } = await sources.ask(source, params, lang)
      const text = JSON.stringify(raw) ?? 'null'
      const cut = text.length > MAX_SHOWN_CHARS
      return {
        ...{ ok: true, tookMs: took(), mapped, seen: seenOf(mapped), rawSeen: seenOf(raw) },
        raw: cut ? text.slice(0, MAX_SHOWN_CHARS) : raw,
        ...(cut && { cut }),
      }
    } catch (error) {
      if (!(error instanceof YiluError)) throw error
      const { zh, en } = errorEntry(error.code)
      const { detail } = (error.details ?? {}) as { detail?: string }
      return {
        ...{ ok: false, tookMs: took(), error: { code: error.code, zh, en } },
        ...(detail && { detail }),
      }
    }
  }

  /** What the schema of the API cannot see. */
  private check(id: string | undefined, definition: Definition): void {
    const { fallback } = definition
    if (fallback !== undefined && !isJson(fallback))
      fail('BAD_REQUEST', issue('fallback', 'is not valid JSON'))
    if (definition.kind === 'table' || definition.kind === 'http') return
    const { connectionOf, connection } = definition.settings
    const lender = connectionOf === undefined ? undefined : this.options.sources.one(connectionOf)
    const lends =
      lender?.kind === definition.kind &&
      lender.id !== id &&
      'connection' in lender.settings &&
      lender.settings.connection !== undefined
    if (connectionOf ? !lends : !connection)
      fail('BAD_REQUEST', issue('settings.connection', 'is missing'))
  }

  /** A secret that is kept goes nowhere it was not meant for. */
  private kept(before: StoredSource, after: Definition): string | undefined {
    if (before.sealed === undefined) return undefined
    const [was, is] = [boundTo(before), boundTo(after)]
    if (is === undefined) return undefined
    if (was !== is) fail('SOURCE_SECRET_ANEW', issue('secret', 'is needed anew'))
    return before.sealed
  }

  private seal(id: string, secret: string): string {
    return seal(this.options.secret, secretOwner(id), secret)
  }

  private async changed(id: string): Promise<SourceDetail> {
    this.options.bus.publish('sources', {})
    await this.options.sources.settled()
    return this.detail(id)
  }
}

/** Of a table what its columns are, of others what was seen when it was saved. */
function seenBefore({ kind, settings, seen, mapping }: Source): {
  list: boolean
  fields: string[]
} {
  if (kind !== 'table') return seen ?? { list: false, fields: [] }
  const names = mapping?.fields?.length ? mapping.fields : settings.columns
  const list = !mapping?.one
  return { list, fields: names.map(({ name }) => (list ? `0.${name}` : name)) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const issue = (path: string, message: string) => ({ issues: [{ path, message }] })
