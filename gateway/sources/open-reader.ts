import type { AddressGuard } from '../outgoing/address-guard.ts'
import type { CallOut } from '../outgoing/call-out.ts'
import { MongoSource } from './databases/mongo-source.ts'
import { MysqlSource } from './databases/mysql-source.ts'
import { PostgresSource } from './databases/postgres-source.ts'
import { HttpSource } from './http-source.ts'
import type { Source, SourceReader } from './source.ts'
import { sourceFault } from './source-fault.ts'
import { selectRows } from './table-source.ts'

export interface Outside {
  guard: AddressGuard
  callOut: CallOut
  now: () => number
}

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
    case 'postgres':
      return PostgresSource.open(source.settings, secret, outside.guard)
    case 'mysql':
      return MysqlSource.open(source.settings, secret, outside.guard)
    case 'mongodb':
      return MongoSource.open(source.settings, secret, outside.guard)
  }
}
