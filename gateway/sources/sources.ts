/** Named data sources that flows query: bundled local tables, or HTTP services an administrator configured. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fail } from '../errors.ts'

export type Row = Record<string, unknown>

export interface LocalSource {
  id: string
  kind: 'local'
  rows: Row[]
}

/** `{{name}}` in the address is replaced by the parameter, URL-encoded. */
export interface HttpSource {
  id: string
  kind: 'http'
  url: string
  headers?: Record<string, string>
}

export type Source = LocalSource | HttpSource

const MAX_ANSWER_BYTES = 1024 * 1024
const MAX_CACHED = 1000

/** The file of YILU_SOURCES: HTTP sources an operator adds or puts in place of a bundled one. */
export const sourcesFile = z.array(
  z.object({
    id: z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,62}$/),
    kind: z.literal('http'),
    url: z.string().regex(/^https?:\/\//),
    headers: z.record(z.string(), z.string()).optional(),
  }),
)

/** @throws an Error that names the file and what is wrong in it */
export async function readSources(file: string): Promise<HttpSource[]> {
  const parsed = sourcesFile.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`Bad data sources in ${file} / 数据源文件有误\n  ${issues.join('\n  ')}`)
}

export class Sources {
  private readonly byId = new Map<string, Source>()
  private readonly cache = new Map<string, { value: unknown; untilMs: number }>()
  private readonly now: () => number

  constructor(sources: Source[], now: () => number) {
    this.now = now
    for (const source of sources) this.byId.set(source.id, source)
  }

  get ids(): string[] {
    return [...this.byId.keys()]
  }

  /** Rows of a local table that equal every parameter it has a column for, or the JSON an HTTP source answers. */
  async query(
    id: string,
    params: Record<string, unknown>,
    options: { lang: string; timeoutMs: number; cacheSeconds?: number },
  ): Promise<unknown> {
    const source = this.byId.get(id) ?? fail('NO_SUCH_SOURCE', { source: id })
    if (source.kind === 'local') return select(source.rows, params)
    const key = JSON.stringify([id, options.lang, params])
    const cached = this.cache.get(key)
    if (cached && cached.untilMs > this.now()) return cached.value
    const value = await fetchJson(source, { ...params, lang: options.lang }, options.timeoutMs)
    if (options.cacheSeconds) {
      if (this.cache.size >= MAX_CACHED) this.cache.delete(this.cache.keys().next().value!)
      this.cache.set(key, { value, untilMs: this.now() + options.cacheSeconds * 1000 })
    }
    return value
  }
}

function select(rows: Row[], params: Record<string, unknown>): Row[] {
  const wanted = Object.entries(params).filter(([name, value]) => value != null && name !== 'lang')
  return rows.filter((row) =>
    wanted.every(([name, value]) => !(name in row) || String(row[name]) === String(value)),
  )
}

async function fetchJson(
  source: HttpSource,
  params: Record<string, unknown>,
  timeoutMs: number,
): Promise<unknown> {
  const url = source.url.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  )
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...source.headers },
      signal: AbortSignal.timeout(timeoutMs),
      // an address that moves could lead into the operator's own network
      redirect: 'error',
    })
    if (response.status === 404) return null
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
    return JSON.parse(await readBounded(response.body)) as unknown
  } catch (error) {
    return fail('SOURCE_FAILED', { source: source.id, reason: (error as Error).name })
  }
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error('answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
