/**
 * Builds everything that runs: the gateway and the engine (dist/main.js, dist/engine.js), the console
 * (dist/admin) and the widget (dist/webchat). With --if-needed only what is older than its sources;
 * with --server the gateway alone.
 */
import { readdir, stat, writeFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = path.join(root, 'dist')
const stamp = path.join(dist, 'built')

export async function buildServer() {
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'gateway/main.ts', engine: 'gateway/store/embedded/main.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

async function newest(folder) {
  let latest = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const { mtimeMs } = await stat(path.join(entry.parentPath ?? entry.path, entry.name))
    latest = Math.max(latest, mtimeMs)
  }
  return latest
}

async function isFresh() {
  const built = await stat(stamp).catch(() => undefined)
  if (!built) return false
  const folders = ['gateway', 'bots', 'channels', 'admin', 'scripts']
  const sources = await Promise.all(folders.map((folder) => newest(path.join(root, folder))))
  return Math.max(...sources) < built.mtimeMs
}

if (process.argv.includes('--server')) {
  await buildServer()
} else if (!(process.argv.includes('--if-needed') && (await isFresh()))) {
  const startedMs = Date.now()
  const step = (text) => console.log(`  ${text}`)
  console.log('构建中 · building …')
  await mkdir(dist, { recursive: true })
  const [{ buildWidget }, { buildAdmin }] = await Promise.all([
    import('./build-widget.mjs'),
    import('./build-admin.mjs'),
  ])
  await buildServer()
  step('gateway')
  await buildWidget(dist)
  step('web chat widget')
  await buildAdmin(dist)
  step('console')
  await writeFile(stamp, new Date().toISOString())
  console.log(`完成 · done in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
}
