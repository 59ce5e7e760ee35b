/** A data source as its form holds it, and the requests that come of it. Pure. */
import type {
  SeenAnswer,
  SourceDetail,
  SourceKind,
  SourceParameter,
} from '../../../../gateway/sources/schema.ts'

export interface SourceValues {
  id: string
  name: { zh: string; en: string }
  note: string
  parameters: Required<SourceParameter>[]
  mapping: {
    list: string
    one: boolean
    limit: number | null
    fields: { name: string; path: string }[]
  }
  cacheSeconds: number
  staleSeconds: number
  timeoutMs: number
  fallback: string
  /** '' leaves what is stored as it is, null takes it away */
  secret: string | null
  seen: SeenAnswer | undefined
  settings: Record<string, unknown>
}

const connection = {
  sql: (port: number) => ({ host: '', port, database: '', userName: '', tls: 'off', ca: '' }),
  mongo: {
    ...{ hosts: [{ host: '', port: 27017 }], database: '' },
    ...{ userName: '', authSource: '', tls: 'off', ca: '' },
  },
}

const sql = (port: number) => ({
  ...{ connectionOf: '', connection: connection.sql(port), maxRows: 50 },
  statement: 'SELECT … FROM … WHERE city = {{city}}',
})

/** What stands in the form of a new source. */
export const emptySettings: Record<SourceKind, Record<string, unknown>> = {
  http: {
    ...{ method: 'GET', url: '', query: [], headers: [], body: '', retries: 1 },
    auth: { kind: 'none', userName: '', header: '', tokenUrl: '', clientId: '', scope: '', sendAs: 'header' }, // prettier-ignore
    maxBytes: 262_144,
  },
  postgres: sql(5432),
  mysql: sql(3306),
  mongodb: {
    ...{ connectionOf: '', connection: connection.mongo, collection: '', operation: 'find' },
    ...{ filter: '{"city": "{{city}}"}', projection: '', sort: '', pipeline: '', maxRows: 50 },
  },
  table: { columns: [{ name: 'name', label: '' }], rows: [] },
}

export function sourceValues(kind: SourceKind, detail: SourceDetail | undefined): SourceValues {
  const { mapping, settings } = detail ?? {}
  return {
    id: detail?.id ?? '',
    name: detail?.name ?? { zh: '', en: '' },
    note: detail?.note ?? '',
    parameters: (detail?.parameters ?? []).map((each) => ({ label: '', example: '', ...each })),
    mapping: {
      list: mapping?.list ?? '',
      one: mapping?.one ?? false,
      limit: mapping?.limit ?? null,
      fields: mapping?.fields ?? [],
    },
    cacheSeconds: detail?.cacheSeconds ?? (kind === 'table' ? 0 : 60),
    staleSeconds: detail?.staleSeconds ?? (kind === 'table' ? 0 : 3600),
    timeoutMs: detail?.timeoutMs ?? 5000,
    fallback: detail?.fallback ?? '',
    secret: '',
    seen: detail?.seen,
    settings: filled(emptySettings[kind], settings as Record<string, unknown> | undefined),
  }
}

/** Stored settings over empty ones, one level into objects: what is absent is empty in the form. */
function filled(
  empty: Record<string, unknown>,
  stored: Record<string, unknown> | undefined,
): Record<string, unknown> {
  if (!stored) return structuredClone(empty)
  const both = Object.entries({ ...empty, ...stored }).map(([name, value]) => {
    const blank = empty[name]
    const inner = isPlain(blank) && isPlain(value) ? { ...blank, ...value } : value
    // an example of a statement does not come back into what was left out
    const wasLeftOut = !(name in stored) && typeof blank === 'string'
    return [name, wasLeftOut ? '' : inner]
  })
  return structuredClone(Object.fromEntries(both) as Record<string, unknown>)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The definition as the API takes it: what is empty and may be left out is left out. */
export function definitionOf(kind: SourceKind, values: SourceValues): object {
  const { mapping, parameters, note, fallback, seen, settings } = values
  const { list, one, limit, fields } = mapping
  const mapped = {
    ...(list.trim() && { list }),
    ...(one && { one }),
    ...(limit !== null && { limit }),
    ...(fields.length > 0 && { fields }),
  }
  return {
    ...{ kind, name: values.name },
    ...(note.trim() && { note }),
    parameters: parameters.map(({ name, label, example, required }) => ({
      ...{ name, required: required ?? false },
      ...(label && { label }),
      ...(example && { example }),
    })),
    ...(Object.keys(mapped).length > 0 && { mapping: mapped }),
    cacheSeconds: values.cacheSeconds,
    staleSeconds: values.staleSeconds,
    timeoutMs: values.timeoutMs,
    ...(fallback.trim() && { fallback }),
    ...(seen && { seen }),
    settings: settingsOf(kind, settings),
  }
}

function settingsOf(kind: SourceKind, settings: Record<string, unknown>): object {
  if (kind === 'table') {
    const { columns, rows } = settings as { columns: { name: string; label?: string }[]; rows: unknown } // prettier-ignore
    return { rows, columns: columns.map(({ name, label }) => ({ name, ...(label && { label }) })) }
  }
  const plain = withoutEmpty(settings)
  if (kind === 'http') return { ...plain, auth: authOf(settings['auth']) }
  const { connection: own, connectionOf, ...rest } = plain
  if (connectionOf) return { ...rest, connectionOf }
  return { ...rest, connection: withoutEmpty(own as Record<string, unknown>, optionalOfConnection) }
}

const optionalOfConnection = new Set(['ca', 'authSource', 'userName'])
const optional = new Set(['body', 'filter', 'projection', 'sort', 'pipeline', 'connectionOf'])

const withoutEmpty = (from: Record<string, unknown>, may = optional): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).filter(([name, value]) => value !== '' || !may.has(name)))

/** Only what the chosen way of signing in needs. */
function authOf(auth: unknown): object {
  const { kind, userName, header, tokenUrl, clientId, scope, sendAs } = auth as Record<
    string,
    string
  >
  switch (kind) {
    case 'basic':
      return { kind, userName }
    case 'header':
      return { kind, header }
    case 'oauth2':
      return { kind, tokenUrl, clientId, sendAs, ...(scope && { scope }) }
    default:
      return { kind }
  }
}

/** Whether a secret belongs to what is chosen, and which word names it. */
export function secretWord(
  kind: SourceKind,
  settings: Record<string, unknown>,
): string | undefined {
  if (kind === 'table') return undefined
  if (kind === 'http') {
    const auth = (settings['auth'] as { kind?: string } | undefined)?.kind ?? 'none'
    return auth === 'none' ? undefined : `secret.${auth}`
  }
  return settings['connectionOf'] ? undefined : 'secret.database'
}

/** Where lists are in an answer: `data.list` of `data.list.0.name`. */
export function listPaths(fields: readonly string[]): string[] {
  const paths = fields.flatMap((field) => {
    const at = field.indexOf('.0.')
    return at > 0 ? [field.slice(0, at)] : []
  })
  return [...new Set(paths)]
}

/** What may be picked of each row once the list is chosen. */
export function rowPaths(fields: readonly string[], list: string): string[] {
  const start = list ? `${list}.0.` : fields.every((field) => field.startsWith('0.')) ? '0.' : ''
  return fields.filter((field) => field.startsWith(start)).map((field) => field.slice(start.length))
}
