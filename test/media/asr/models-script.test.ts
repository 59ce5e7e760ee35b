import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { Entry } from './archives.ts'
import { MODEL_FILES, tar, zip } from './archives.ts'
import { TEST_MODEL } from './test-models.ts'

describe('npm run models', () => {
  let dir: string
  beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'yilu-models-'))))

  function models(args: string[], env: Record<string, string> = {}) {
    const what = ['scripts/models.mjs', ...args, '--dir', dir]
    const { status, stdout } = spawnSync(process.execPath, what, {
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: '', ...env },
    })
    return { status, said: stdout }
  }
  function archive(name: string, bytes: Buffer): string {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'yilu-archive-')), name)
    writeFileSync(file, bytes)
    return file
  }
  const sumOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
  const add = (file: string, ...more: string[]) =>
    models(['add', 'ja', '--from', file, '--sha256', sumOf(file), ...more])
  const installed = () => readdirSync(dir)

  it('lists what could be installed, and how', () => {
    const { status, said } = models(['list'])
    expect(status).to.equal(0)
    expect(said).to.contain('vosk-model-small-cn-0.22').and.contain('npm run models -- add en')
  })

  for (const [kind, make] of [
    ['zip', zip],
    ['tar.gz', (entries: Entry[]) => gzipSync(tar(entries))],
  ] as const) {
    it(`adds a ${kind}, lists and removes it`, () => {
      const file = archive(`some-model.${kind}`, make(MODEL_FILES))
      expect(add(file)).to.include({ status: 0 })
      expect(readFileSync(path.join(dir, 'ja/conf/model.conf'), 'utf8')).to.equal('--beam=10\n')
      const manifest = readFileSync(path.join(dir, 'ja/yilu-model.json'), 'utf8')
      expect(JSON.parse(manifest)).to.include({ name: 'some-model', sha256: sumOf(file) })
      expect(models(['list']).said).to.match(/^ja\tsome-model\t/m)
      expect(installed()).to.deep.equal(['ja'])
      expect(models(['remove', 'ja'])).to.include({ status: 0 })
      expect(installed()).to.deep.equal([])
      expect(models(['remove', 'ja'])).to.include({ status: 1 })
    })

    const wicked: [string, Entry[]][] = [
      ['a path that climbs out', [...MODEL_FILES, { name: 'm/../../../wicked', body: 'x' }]],
      ['an absolute path', [...MODEL_FILES, { name: '/tmp/wicked', body: 'x' }]],
      ['a path of Windows', [...MODEL_FILES, { name: 'm\\..\\wicked', body: 'x' }]],
      ['the same name twice', [...MODEL_FILES, MODEL_FILES[0]!]],
      ['a link', [...MODEL_FILES, { name: 'm/link', body: '/etc/passwd', link: true }]],
    ]
    for (const [what, entries] of wicked) {
      it(`refuses a ${kind} with ${what}`, () => {
        const { status, said } = add(archive(`model.${kind}`, make(entries)))
        expect(status).to.equal(1)
        expect(said).to.contain('nothing was installed')
        expect(installed()).to.deep.equal([])
      })
    }

    it(`refuses a ${kind} that is cut off, and one that is no archive`, () => {
      const whole = make(MODEL_FILES)
      for (const bytes of [whole.subarray(0, whole.length / 2), Buffer.from('hello'.repeat(500))]) {
        expect(add(archive(`model.${kind}`, bytes))).to.include({ status: 1 })
        expect(installed()).to.deep.equal([])
      }
    })

    it(`refuses a ${kind} without a model in it`, () => {
      const { said } = add(archive(`model.${kind}`, make([{ name: 'readme', body: 'hello' }])))
      expect(said).to.contain('not a Vosk model')
      expect(installed()).to.deep.equal([])
    })
  }

  it('refuses a ZIP whose file is larger than it says', () => {
    const bytes = zip(MODEL_FILES.map((entry) => ({ ...entry, saidSize: 3 })))
    expect(add(archive('model.zip', bytes)).said).to.contain('larger than it says')
    expect(installed()).to.deep.equal([])
  })

  it('refuses a ZIP whose content was changed', () => {
    const bytes = zip(MODEL_FILES.map((entry) => ({ ...entry, saidCrc: 1 })))
    expect(add(archive('model.zip', bytes)).said).to.contain('is damaged')
  })

  it('refuses another file than the one that is known, and says its SHA-256', () => {
    const file = archive('model.zip', zip(MODEL_FILES))
    const { status, said } = models(['add', 'zh', '--from', file])
    expect(status).to.equal(1)
    expect(said)
      .to.contain(`--sha256 ${sumOf(file)}`)
      .and.contain('3af8b0e7')
    expect(installed()).to.deep.equal([])
  })

  it('asks for a SHA-256 where none is known', () => {
    const { status, said } = models(['add', 'ja', '--from', 'model.zip'])
    expect(status).to.equal(1)
    expect(said).to.contain('--sha256')
  })

  it('keeps the model that is there, unless told to replace it', () => {
    const first = archive('first.zip', zip(MODEL_FILES))
    add(first)
    const second = archive('second.zip', zip(MODEL_FILES.map((e) => ({ ...e, body: 'second' }))))
    expect(add(second)).to.include({ status: 1 })
    const broken = archive('broken.zip', zip([{ name: 'readme', body: '' }]))
    expect(add(broken, '--replace')).to.include({ status: 1 })
    const conf = () => readFileSync(path.join(dir, 'ja/conf/model.conf'), 'utf8')
    expect(conf()).to.equal('--beam=10\n')
    expect(add(second, '--replace')).to.include({ status: 0 })
    expect(conf()).to.equal('second')
    expect(installed()).to.deep.equal(['ja'])
  })

  it('production refuses the model of synthetic voices', () => {
    const args = ['add', 'zh', '--from', TEST_MODEL, '--sha256', sumOf(TEST_MODEL)]
    const { status, said } = models(args, { NODE_ENV: 'production' })
    expect(status).to.equal(1)
    expect(said).to.contain('production refuses')
    expect(installed()).to.deep.equal([])
  })

  it('names no folder outside its own', () => {
    for (const locale of ['../zh', '/tmp/zh', 'zh/..', 'ZH', '.']) {
      expect(models(['remove', locale])).to.include({ status: 1 })
    }
    expect(existsSync(dir)).to.equal(true)
  })

  it('explains itself', () => {
    expect(models([]).said).to.contain('npm run models -- add')
    expect(models(['ad', 'zh'])).to.include({ status: 2 })
    expect(models(['add', 'zh', '--form', 'x'])).to.include({ status: 2 })
  })

  it('downloads, and says what it cannot', async () => {
    const bytes = zip(MODEL_FILES)
    const server = createServer((request, response) => {
      if (request.url === '/moved.zip') response.writeHead(302, { location: '/model.zip' }).end()
      else if (request.url === '/model.zip') response.end(bytes)
      else response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const sum = createHash('sha256').update(bytes).digest('hex')
    // not spawnSync: the server lives in this process
    const run = (url: string) =>
      new Promise<{ status: number | null; said: string }>((resolve) => {
        const what = [
          'scripts/models.mjs',
          'add',
          'ja',
          '--from',
          url,
          '--sha256',
          sum,
          '--dir',
          dir,
        ]
        const child = spawn(process.execPath, what)
        let said = ''
        child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
        child.on('close', (status) => resolve({ status, said }))
      })
    const missing = await run(`${base}/none.zip`)
    expect(missing.status).to.equal(1)
    expect(missing.said).to.contain('HTTP 404').and.contain('--from <file>')
    const moved = await run(`${base}/moved.zip`)
    expect(moved.said).to.contain('100 %')
    expect(moved.status).to.equal(0)
    expect(installed()).to.deep.equal(['ja'])
    server.close()
  })
})
