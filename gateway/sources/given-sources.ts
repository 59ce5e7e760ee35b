/** Sources nobody edits in the console: tables that come with the samples, and the operator's file. */
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { AllowList } from '../outgoing/allow-list.ts'
import { parseAllowList } from '../outgoing/allow-list.ts'
import { holesOf } from './fill-template.ts'
import { httpSettings, sourceId } from './schema.ts'
import type { Row, Source } from './source.ts'

export interface BundledTable {
  id: string
  name: { zh: string; en: string }
  /** the column flows usually ask by */
  key: string
  rows: Record<string, string | number>[]
}

const common = { cacheSeconds: 0, staleSeconds: 0 }
/** of a source that does not say; a block says its own besides */
const TIMEOUT_MS = 10_000
const MAX_BYTES = 1024 * 1024

export function bundledSource({ id, name, key, rows }: BundledTable): Source {
  const columns = [...new Set(rows.flatMap((row: Row) => Object.keys(row)))]
  const example = rows[0]?.[key]
  return {
    ...{ id, name, origin: 'bundled', kind: 'table', ...common, timeoutMs: TIMEOUT_MS },
    parameters: [
      { name: key, required: false, ...(example !== undefined && { example: String(example) }) },
    ],
    settings: { columns: columns.map((column) => ({ name: column })), rows },
  }
}

/** The file of YILU_SOURCES: HTTP sources an operator adds or puts in place of a bundled one. */
export const sourcesFile = z.array(
  z.object({
    id: sourceId,
    kind: z.literal('http'),
    url: httpSettings.shape.url,
    headers: z.record(z.string(), z.string()).optional(),
  }),
)
export type FileSource = z.infer<typeof sourcesFile>[number]

/** @throws an Error that names the file and what is wrong in it */
export async function readSources(file: string): Promise<Source[]> {
  const parsed = sourcesFile.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (parsed.success) return parsed.data.map(fileSource)
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`Bad data sources in ${file} / 数据源文件有误\n  ${issues.join('\n  ')}`)
}

export function fileSource({ id, url, headers = {} }: FileSource): Source {
  return {
    ...{ id, name: { zh: id, en: id }, origin: 'file', kind: 'http', ...common },
    timeoutMs: TIMEOUT_MS,
    parameters: holesOf(url)
      .filter((name) => name !== 'lang')
      .map((name) => ({ name, required: false })),
    settings: {
      ...{ method: 'GET', url, query: [], retries: 0, maxBytes: MAX_BYTES },
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      auth: { kind: 'none' },
    },
  }
}

/** Whoever writes that file runs the machine: the place it names is meant, wherever it is. */
export function vouchedFor(url: string): AllowList {
  const { hostname, port, protocol } = new URL(/^https?:\/\/[^/?]+/i.exec(url)![0])
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare)) return parseAllowList(bare)
  return parseAllowList(`${bare}:${port || (protocol === 'https:' ? 443 : 80)}`)
}
