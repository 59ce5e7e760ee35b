import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import type { Asked } from './asked.ts'
import './records.css'

interface Props<T> {
  of: Asked<T>
  children(data: T): ReactNode
}

/** Shows what was asked for once it is there, and what went wrong when it is not. */
export function Load<T>({ of, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <ErrorNotice error={of.error} onRetry={() => void of.refetch()} />
  return <Skeleton active paragraph={{ rows: 6 }} />
}
