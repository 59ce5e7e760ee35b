import { expect } from 'chai'
import {
  definitionOf,
  listPaths,
  rowPaths,
  secretWord,
  sourceValues,
} from '../../../admin/src/settings/sources/sourceForm.ts'
import { cellOf, renamed } from '../../../admin/src/settings/sources/tableCells.ts'
import { createSourceBody, sourceKinds } from '../../../gateway/sources/schema.ts'
import type { SourceDetail } from '../../../gateway/sources/schema.ts'

describe('admin: a data source in its form', () => {
  const named = { name: { zh: '门票', en: 'Tickets' } }
  const needed: Record<string, object> = {
    http: { url: 'https://x.example/' },
    postgres: { connection: { host: 'h', port: 1, database: 'd', userName: 'u', tls: 'off', ca: '' } }, // prettier-ignore
    mysql: { connectionOf: 'other' },
    mongodb: {
      collection: 'c',
      connection: { hosts: [{ host: 'h', port: 1 }], database: 'd', userName: '', authSource: '', tls: 'off', ca: '' }, // prettier-ignore
    },
    table: {},
  }

  for (const kind of sourceKinds)
    it(`${kind}: what is filled in is what the API takes, and comes back as it was`, () => {
      const values = { ...sourceValues(kind, undefined), ...named, id: 'x' }
      values.settings = { ...values.settings, ...needed[kind] }
      const body = createSourceBody.parse({ ...definitionOf(kind, values), id: 'x' })
      const detail = { ...body, origin: 'stored', hasSecret: false, replaces: false, version: 1 }
      const again = sourceValues(kind, detail as unknown as SourceDetail)
      expect(definitionOf(kind, again)).to.deep.equal(definitionOf(kind, values))
    })

  it('only what the chosen sign-in needs is sent', () => {
    const values = { ...sourceValues('http', undefined), ...named }
    values.settings['auth'] = { kind: 'basic', userName: 'u', header: 'X', tokenUrl: '', clientId: '' } // prettier-ignore
    expect(definitionOf('http', values)).to.have.nested.property('settings.auth').that.deep.equals({
      kind: 'basic',
      userName: 'u',
    })
    expect(secretWord('http', values.settings)).to.equal('secret.basic')
    expect(secretWord('mysql', { connectionOf: 'x' })).to.equal(undefined)
  })

  it('paths of a trial are offered: where lists are, and what is in their rows', () => {
    const fields = ['data.list.0.n', 'data.list.0.p.adult', 'data.total']
    expect(listPaths(fields)).to.deep.equal(['data.list'])
    expect(rowPaths(fields, 'data.list')).to.deep.equal(['n', 'p.adult'])
    expect(rowPaths(['0.a', '0.b'], '')).to.deep.equal(['a', 'b'])
  })

  it('cells are numbers where they are written as one; a column takes its cells along', () => {
    expect(['54', '-1.5', '007', '1.50', '1e3', ''].map(cellOf)).to.deep.equal([
      ...[54, -1.5, '007', '1.50', '1e3', ''],
    ])
    const table = { columns: [{ name: 'a' }, { name: 'b' }], rows: [{ a: 1, b: 2 }] }
    expect(renamed(table, 0, 'c').rows).to.deep.equal([{ b: 2, c: 1 }])
    expect(renamed(table, 0, 'b').rows).to.deep.equal(table.rows)
  })
})
