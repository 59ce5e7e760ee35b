import type { AddressGuard } from '../outgoing/address-guard.ts'
import type { CallOut } from '../outgoing/call-out.ts'
import { HttpSource } from './http-source.ts'
import type { Source, SourceReader } from './source.ts'
import { sourceFault } from './source-fault.ts'
import { selectRows } from './table-source.ts'

export interface Outside {
  guard: AddressGuard
  callOut: CallOut
  now: () => number
}

/** Database clients are loaded when the first source of their kind is asked, so that a start does not wait for them. */
export async function openReader(source: Source, outside: Outside): Promise<SourceReader> {
  const secret = source.secret ?? ''
  if (typeof secret === 'object') throw sourceFault('SOURCE_SECRET')
  switch (source.kind) {
    case 'table': {
      const { rows } = source.settings
      return {
        ask: (params) => Promise.resolve(selectRows(rows, params)),
        close: () => Promise.resolve(),
      }
    }
    case 'http':
      return new HttpSource(source.settings, secret, outside.callOut, outside.now)
    case 'postgres': {
      const { PostgresSource } = await import('./databases/postgres-source.ts')
      return new PostgresSource(source.settings, secret, outside.guard)
    }
    case 'mysql': {
      const { MysqlSource } = await import('./databases/mysql-source.ts')
      return new MysqlSource(source.settings, secret, outside.guard)
    }
    case 'mongodb': {
      const { MongoSource } = await import('./databases/mongo-source.ts')
      return new MongoSource(source.settings, secret, outside.guard)
    }
  }
}
