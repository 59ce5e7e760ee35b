import type { TableSettings } from '../../../../gateway/sources/schema.ts'

/** What is typed as a plain number is one: 007 and 1e3 stay words. */
export function cellOf(typed: string): string | number {
  return /^-?(0|[1-9]\d{0,14})(\.\d{0,9}[1-9])?$/.test(typed) ? Number(typed) : typed
}

/** A column under another name, with its cells. */
export function renamed({ columns, rows }: TableSettings, at: number, name: string): TableSettings {
  const before = columns[at]!.name
  const taken = columns.some((each, other) => other !== at && each.name === name)
  return {
    columns: columns.map((each, other) => (other === at ? { ...each, name } : each)),
    // while two columns have one name the cells of neither move
    rows:
      taken || before === name
        ? rows
        : rows.map(({ [before]: cell, ...row }) =>
            cell === undefined ? row : { ...row, [name]: cell },
          ),
  }
}
