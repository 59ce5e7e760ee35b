import type { TableColumnsType } from 'antd'

/** Tells each cell the heading of its column, which stands before it where a row is a card; the first needs none. */
export function labelledCells<T>(columns: TableColumnsType<T>): TableColumnsType<T> {
  return columns.map((column, at) =>
    at > 0 && typeof column.title === 'string'
      ? { ...column, onCell: () => ({ 'data-label': column.title }) as object }
      : column,
  )
}
