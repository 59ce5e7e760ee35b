/** `npm run bench -- <name>`: prints a table for people and, last, one line of JSON for programs. */
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const names = (await readdir(folder))
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3))
  .sort()
const wanted = process.argv.slice(2)

if (!wanted.length || wanted.some((name) => !names.includes(name))) {
  console.error(`npm run bench -- <${names.join(' | ')}>`)
  process.exit(2)
}
for (const name of wanted) {
  const { default: bench } = (await import(`./${name}.ts`)) as { default: () => Promise<void> }
  await bench()
}
process.exit(0)
