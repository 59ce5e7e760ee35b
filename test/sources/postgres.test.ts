import { expect } from 'chai'
import pg from 'pg'
import type { Source } from '../../gateway/sources/source.ts'
import type { Sources } from '../../gateway/sources/sources.ts'
import type { DatabaseServer } from '../harness/database-server.ts'
import { noPostgres, startPostgres } from '../harness/database-server.ts'
import { describeWhere } from '../harness/needs.ts'
import { faultOf, OPTIONS, sourcesOf } from './house.ts'

type Changes = { connection?: object; maxRows?: number } & Partial<Source>

describeWhere(noPostgres(), 'a named query of a PostgreSQL database', function () {
  this.timeout(60_000)
  let server: DatabaseServer
  let admin: pg.Client
  const opened: Sources[] = []

  before(async () => {
    server = await startPostgres()
    admin = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'postgres' })
    await admin.connect()
    await admin.query(`
      CREATE TABLE hotel (id bigint, name text, city text, price numeric(20,2), opened date,
        changed timestamptz, local timestamp, stars int, tags text[], extra jsonb, photo bytea);
      INSERT INTO hotel VALUES
        (1, '钟楼饭店', '西安', 380.50, '2001-05-01', '2026-10-01 08:00+08', '2026-10-01 08:00', 4, '{"早餐"}', '{"pool": true}', '\\x0102'),
        (9007199254740993, '城墙客栈', '西安', 123456789012345.99, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, 'O''Brien', '延安', 100, NULL, NULL, NULL, 2, NULL, NULL, NULL);
      CREATE FUNCTION sneak() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO hotel (id) VALUES (99) RETURNING 1';
      CREATE FUNCTION loosen() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT set_config('transaction_read_only', 'off', false) $$;
    `)
  })
  after(async () => {
    await Promise.all(opened.map((each) => each.close()))
    await admin?.end()
    await server?.stop()
  })

  function ask(
    statement: string,
    params: Record<string, unknown> = {},
    { connection = {}, maxRows = 100, ...rest }: Changes = {},
  ): Promise<unknown> {
    const sources = sourcesOf([
      {
        ...{ id: 'db', name: { zh: '', en: 'db' }, origin: 'stored', kind: 'postgres' },
        ...{ parameters: [], cacheSeconds: 0, staleSeconds: 0, timeoutMs: 5000 },
        settings: {
          connection: {
            ...{ host: '127.0.0.1', port: server.port, database: 'postgres' },
            ...{ userName: 'postgres', tls: 'off', ...connection },
          },
          ...{ statement, maxRows },
        },
        ...rest,
      } as Source,
    ])
    opened.push(sources)
    return sources.query('db', params, { ...OPTIONS, timeoutMs: 10_000 })
  }
  const count = async () => Number((await admin.query('SELECT count(*) AS n FROM hotel')).rows[0].n)

  it('answers rows as plain JSON: days, moments, decimals and long numbers', async () => {
    const rows = await ask('SELECT * FROM hotel WHERE city = {{city}} ORDER BY id;', {
      city: '西安',
    })
    expect(rows).to.deep.equal([
      {
        ...{ id: 1, name: '钟楼饭店', city: '西安', price: 380.5, opened: '2001-05-01' },
        ...{ changed: '2026-10-01T00:00:00.000Z', local: '2026-10-01T08:00:00', stars: 4 },
        ...{ tags: ['早餐'], extra: { pool: true }, photo: 'AQI=' },
      },
      {
        ...{ id: '9007199254740993', name: '城墙客栈', city: '西安' },
        ...{ price: '123456789012345.99', opened: null, changed: null, local: null, stars: null },
        ...{ tags: null, extra: null, photo: null },
      },
    ])
  })

  it('a parameter is a value, whatever it holds', async () => {
    const statement = 'SELECT name FROM hotel WHERE name = {{name}} OR stars = {{stars}}'
    const evil = "x'; DROP TABLE hotel; --"
    expect(await ask(statement, { name: evil })).to.deep.equal([])
    expect(await ask(statement, { name: "O'Brien" })).to.deep.equal([{ name: "O'Brien" }])
    expect(await ask(statement, { stars: '4' })).to.deep.equal([{ name: '钟楼饭店' }])
    const many = 'SELECT count(*) AS n FROM hotel WHERE city = ANY({{cities}})'
    expect(await ask(many, { cities: ['西安', '延安'] })).to.deep.equal([{ n: 3 }])
    expect(await faultOf(ask(statement, { stars: 'four' }))).to.equal('SOURCE_PARAMETER')
    expect(await count()).to.equal(3)
  })

  it('gives no more rows than are wanted, in the order of the query', async () => {
    const rows = await ask('SELECT n FROM generate_series(1, 1000000) n ORDER BY n DESC', {}, { maxRows: 2 }) // prettier-ignore
    expect(rows).to.deep.equal([{ n: 1_000_000 }, { n: 999_999 }])
  })

  for (const statement of [
    'DELETE FROM hotel',
    'SELECT 1; DELETE FROM hotel',
    'SELECT 1; COMMIT; DELETE FROM hotel',
    'WITH gone AS (DELETE FROM hotel RETURNING *) SELECT * FROM gone',
    'SELECT * INTO stolen FROM hotel',
    'SELECT sneak()',
    'SELECT loosen(), sneak()',
    'SELECT sneak() FROM (SELECT loosen()) AS first',
    "SELECT name FROM hotel WHERE name = '{{name}}'",
    'SELECT name FROM nowhere',
    'SELECT 1 /* never closed',
    "SELECT 'never closed",
    'COPY hotel TO STDOUT',
    'DO $$ BEGIN DELETE FROM hotel; END $$',
  ])
    it(`refuses ${statement}`, async () => {
      expect(await faultOf(ask(statement))).to.equal('SOURCE_STATEMENT')
      expect(await count()).to.equal(3)
    })

  it('words that look like holes, semicolons or comments inside quotes stay words', async () => {
    const statement = `SELECT 'a;--b' AS a, $tag$;/*$tag$ AS b, E'\\';' AS c, {{x}}::text AS d -- done; {{y}}`
    expect(await ask(statement, { x: 'y' })).to.deep.equal([
      { a: 'a;--b', b: ';/*', c: "';", d: 'y' },
    ])
  })

  it('a query that takes too long is ended on the server', async () => {
    const late = ask('SELECT pg_sleep(60)', {}, { timeoutMs: 300 })
    expect(await faultOf(late)).to.equal('SOURCE_SLOW')
    const { rows } = await admin.query(
      "SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()",
    )
    expect(rows[0].n).to.equal('0')
  })

  it('what a query set does not stay with the connection', async () => {
    const sources = "SELECT set_config('statement_timeout', '1', false) AS s"
    await ask(sources)
    expect(await ask("SELECT current_setting('transaction_read_only') AS r")).to.deep.equal([
      { r: 'on' },
    ])
  })

  it('says what is wrong with the connection', async () => {
    expect(await faultOf(ask('SELECT 1', {}, { connection: { port: 1025 } }))).to.equal(
      'SOURCE_UNREACHABLE',
    )
    expect(await faultOf(ask('SELECT 1', {}, { connection: { tls: 'verify' } }))).to.equal(
      'SOURCE_TLS',
    )
    expect(await faultOf(ask('SELECT 1', {}, { connection: { userName: 'nobody' } }))).to.equal(
      'SOURCE_SIGN_IN',
    )
    const internal = { host: '169.254.169.254' }
    expect(await faultOf(ask('SELECT 1', {}, { connection: internal }))).to.equal('SOURCE_ADDRESS')
  })
})
