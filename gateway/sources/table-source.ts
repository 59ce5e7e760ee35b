/** Rows kept here: those whose columns equal every parameter that is given. */
import type { Params } from './fill-template.ts'
import { asText } from './fill-template.ts'
import type { Row } from './source.ts'

/** Parameters without a column of their name, and those that hold nothing, are no condition; '' is a value. */
export function selectRows(rows: readonly Row[], params: Params): Row[] {
  const wanted = Object.entries(params)
    .filter(([name, value]) => value !== null && value !== undefined && name !== 'lang')
    .map(([name, value]) => [name, plain(value)] as const)
  return rows.filter((row) =>
    wanted.every(([name, value]) => !Object.hasOwn(row, name) || plain(row[name]) === value),
  )
}

/** 西安, " 西安 " and full-width digits are the same to who types them. */
const plain = (value: unknown): string => asText(value).normalize('NFKC').trim().toLowerCase()
