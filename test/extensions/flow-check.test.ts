import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const example = path.join(root, 'docs/examples/extensions/travel-desk.mjs')

/** `npm run flow -- check …`, as CI runs it. */
function check(file: string): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const args = ['--import=tsx', 'scripts/flow.ts', 'check', file]
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    )
  })
}

describe('a flow kept as a file', function () {
  this.timeout(60_000)
  let folder: string
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'yilu-flow-'))))
  after(() => rm(folder, { recursive: true, force: true }))

  it('that is sound is fit to be published', async () => {
    const { code, text } = await check(example)
    expect(text).to.contain('travelDesk: fit to be published')
    expect(code).to.equal(0)
  })

  it('whose test fails, or whose exit leads nowhere, ends with 1 and says what is wrong', async () => {
    const broken = path.join(folder, 'broken.mjs')
    const text = readFileSync(example, 'utf8')
    writeFileSync(
      broken,
      text.replace("say: '14'", "say: '15'").replace("unknown: 'bye'", "unknown: 'by'"),
    )
    const answer = await check(broken)
    expect(answer.text).to.contain('DANGLING').and.contain('换算外币')
    expect(answer.code).to.equal(1)
  })
})
