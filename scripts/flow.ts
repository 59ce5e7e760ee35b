/** `npm run flow -- check <file>`: what publishing would say of a flow kept as a file, without a server. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadPinyin } from '../bots/flow/pinyin.ts'
import { runTests } from '../bots/flow/run-tests.ts'
import { flowDocSchema } from '../bots/flow/schema.ts'
import type { FlowDoc } from '../bots/flow/schema.ts'
import { validate } from '../bots/flow/validate.ts'

/** A flow, an export of the console with the flows it calls, or a file of the extensions folder. */
async function read(file: string): Promise<unknown[]> {
  if (/\.m?js$/.test(file)) {
    const { flow } = (await import(pathToFileURL(path.resolve(file)).href)) as { flow?: unknown }
    return [flow]
  }
  const content = JSON.parse(await readFile(file, 'utf8')) as { format?: string; flows?: unknown[] }
  return content.format === 'yilu-flow' ? (content.flows ?? []) : [content]
}

async function check(files: string[]): Promise<number> {
  let wrong = 0
  const docs: FlowDoc[] = []
  for (const file of files)
    for (const content of await read(file)) {
      const parsed = flowDocSchema.safeParse(content)
      if (parsed.success) docs.push(parsed.data)
      for (const issue of parsed.error?.issues ?? []) {
        wrong++
        console.log(`${file}: ${issue.path.join('.')}: ${issue.message}`)
      }
    }
  const soundOf = await loadPinyin()
  for (const doc of docs) {
    for (const { code, severity, block, zh, en } of validate(doc, { flows: docs, soundOf })) {
      if (severity === 'error') wrong++
      console.log(`${doc.id}${block ? `.${block}` : ''} ${severity} ${code}: ${zh} ${en}`)
    }
    for (const { name, failures } of runTests(doc, docs).tests)
      for (const failure of failures) {
        wrong++
        console.log(`${doc.id} test "${name}": ${JSON.stringify(failure)}`)
      }
  }
  console.log(
    wrong ? `${wrong} wrong` : `${docs.map(({ id }) => id).join(', ')}: fit to be published`,
  )
  return wrong ? 1 : 0
}

const [verb, ...files] = process.argv.slice(2)
if (verb !== 'check' || files.length === 0) {
  console.error('npm run flow -- check <file> …')
  process.exit(2)
}
process.exit(await check(files))
