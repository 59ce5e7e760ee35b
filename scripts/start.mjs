/** `npm start`: builds what is missing or older than its sources, then runs the product in this process. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const build = fileURLToPath(new URL('build.mjs', import.meta.url))
const { status } = spawnSync(process.execPath, [build, '--if-needed'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
await import('../dist/main.js')
