import { Empty } from 'antd'
import type { ReactNode } from 'react'

interface Props {
  count: number
  /** says what to do when there is nothing */
  empty: ReactNode
  children: ReactNode
}

export function ItemsOrEmpty({ count, empty, children }: Props) {
  if (count > 0) return children
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
}
