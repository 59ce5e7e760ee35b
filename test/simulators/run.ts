/** `npm run simulate -- <provider>`: plays a provider, so that the product can be tried without any account. */
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const [wanted, ...args] = process.argv.slice(2)

/** Some files here are parts of others. */
async function simulators(): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')))
  return files
    .filter((_, at) => /^export (async )?function simulate\b/m.test(texts[at]!))
    .map((file) => file.slice(0, -3))
    .sort()
}

const names = await simulators()
if (!wanted || !names.includes(wanted)) {
  console.error(`npm run simulate -- <${names.join(' | ')}>`)
  process.exit(2)
}
const { simulate } = (await import(`./${wanted}.ts`)) as {
  simulate: (args: string[]) => Promise<void>
}
await simulate(args)
