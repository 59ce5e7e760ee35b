import { expect } from 'chai'
import type { Connection } from 'mysql2/promise'
import mysql from 'mysql2/promise'
import type { Source } from '../../gateway/sources/source.ts'
import type { Sources } from '../../gateway/sources/sources.ts'
import type { DatabaseServer } from '../harness/database-server.ts'
import { noMariadb, startMariadb } from '../harness/database-server.ts'
import { describeWhere } from '../harness/needs.ts'
import { faultOf, OPTIONS, sourcesOf } from './house.ts'

type Changes = { connection?: object; maxRows?: number } & Partial<Source>

describeWhere(noMariadb(), 'a named query of a MariaDB database', function () {
  this.timeout(60_000)
  let server: DatabaseServer
  let admin: Connection
  const opened: Sources[] = []

  before(async () => {
    server = await startMariadb()
    admin = await mysql.createConnection({
      ...{ host: '127.0.0.1', port: server.port, user: 'root', multipleStatements: true },
    })
    await admin.query(`
      CREATE DATABASE tours CHARACTER SET utf8mb4;
      CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'right';
      GRANT ALL ON tours.* TO reader@'127.0.0.1';
      GRANT FILE ON *.* TO reader@'127.0.0.1';
      USE tours;
      CREATE TABLE trip (id bigint unsigned, name varchar(50), price decimal(20,2), day date,
        changed datetime, places int, open boolean, photo varbinary(10), extra json) ENGINE=InnoDB;
      INSERT INTO trip VALUES
        (1, '兵马俑一日游', 380.50, '2026-10-01', '2026-10-01 08:00:00', 12, true, x'0102', '{"lunch":true}'),
        (18446744073709551615, '华山两日游', 123456789012345.99, NULL, NULL, 3, false, NULL, NULL);
      CREATE FUNCTION sneak() RETURNS int MODIFIES SQL DATA BEGIN INSERT INTO trip (id) VALUES (99); RETURN 1; END;
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
        ...{ id: 'db', name: { zh: '', en: 'db' }, origin: 'stored', kind: 'mysql' },
        ...{ parameters: [], cacheSeconds: 0, staleSeconds: 0, timeoutMs: 5000, secret: 'right' },
        settings: {
          connection: {
            ...{ host: '127.0.0.1', port: server.port, database: 'tours' },
            ...{ userName: 'reader', tls: 'off', ...connection },
          },
          ...{ statement, maxRows },
        },
        ...rest,
      } as Source,
    ])
    opened.push(sources)
    return sources.query('db', params, { ...OPTIONS, timeoutMs: 10_000 })
  }
  async function count(): Promise<number> {
    const [rows] = await admin.query('SELECT count(*) AS n FROM tours.trip')
    return (rows as { n: number }[])[0]!.n
  }

  it('answers rows as plain JSON', async () => {
    expect(await ask('SELECT * FROM trip ORDER BY places DESC;')).to.deep.equal([
      {
        ...{ id: 1, name: '兵马俑一日游', price: 380.5, day: '2026-10-01' },
        ...{ changed: '2026-10-01T08:00:00', places: 12, open: 1, photo: 'AQI=' },
        extra: { lunch: true },
      },
      {
        ...{ id: '18446744073709551615', name: '华山两日游', price: '123456789012345.99' },
        ...{ day: null, changed: null, places: 3, open: 0, photo: null, extra: null },
      },
    ])
  })

  it('a parameter is a value, whatever it holds', async () => {
    const statement =
      'SELECT name FROM trip WHERE name = {{name}} AND places > {{places}} LIMIT {{n}}'
    const given = { name: '兵马俑一日游', places: 2, n: 5 }
    expect(await ask(statement, given)).to.deep.equal([{ name: given.name }])
    const evil = "x' OR '1'='1"
    expect(await ask(statement, { ...given, name: evil })).to.deep.equal([])
    expect(await ask(statement, { ...given, name: "x\\' OR 1=1 -- " })).to.deep.equal([])
  })

  it('gives no more rows than are wanted', async () => {
    const rows = await ask('SELECT seq FROM seq_1_to_1000000 ORDER BY seq DESC', {}, { maxRows: 2 })
    expect(rows).to.deep.equal([{ seq: 1_000_000 }, { seq: 999_999 }])
  })

  for (const statement of [
    'DELETE FROM trip',
    'SELECT 1; DELETE FROM trip',
    'SELECT sneak()',
    "SELECT * FROM trip INTO OUTFILE '/tmp/yilu-stolen'",
    'SELECT * INTO @stolen FROM trip',
    'SELECT 1 /*! INTO @x */',
    'SELECT 1 /*M! INTO @x */',
    'SELECT ?',
    "SELECT name FROM trip WHERE name = '{{name}}'",
    'CALL sneak()',
    'SELECT name FROM nowhere',
    "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE trip",
  ])
    it(`refuses ${statement}`, async () => {
      expect(await faultOf(ask(statement))).to.equal('SOURCE_STATEMENT')
      expect(await count()).to.equal(2)
    })

  it('words that look like holes, semicolons or comments inside quotes stay words', async () => {
    const statement = "SELECT 'a;--b?' AS a, 'it\\'s;' AS b, {{x}} AS `c;` # done; {{y}}"
    expect(await ask(statement, { x: 'y' })).to.deep.equal([{ a: 'a;--b?', b: "it's;", 'c;': 'y' }])
  })

  it('a query that takes too long is ended', async () => {
    expect(await faultOf(ask('SELECT sleep(60)', {}, { timeoutMs: 300 }))).to.equal('SOURCE_SLOW')
  })

  it('says what is wrong with the connection', async () => {
    const wrong = (connection: object, rest: Partial<Source> = {}) =>
      faultOf(ask('SELECT 1', {}, { connection, ...rest }))
    expect(await wrong({}, { secret: 'wrong' })).to.equal('SOURCE_SIGN_IN')
    expect(await wrong({ port: 1025 })).to.equal('SOURCE_UNREACHABLE')
    expect(await wrong({ tls: 'verify' })).to.equal('SOURCE_TLS')
    expect(await wrong({ host: '10.0.0.1' })).to.equal('SOURCE_ADDRESS')
  })
})
