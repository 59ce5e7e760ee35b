/**
 * Builds everything that runs: the gateway and the engine (dist/main.js, dist/engine.js), the console
 * (dist/admin) and the widget (dist/webchat). With --if-needed only what is older than its sources;
 * with --server the gateway alone.
 */
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { absent, needed } from './external.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = path.join(root, 'dist')
const stamp = path.join(dist, 'built')

/**
 * Parts of the Bot Framework that talk to Microsoft's cloud. Nothing here calls them, and loading them
 * takes a third of a second at every start; whoever did call one would get an error that says so.
 */
const withoutCloud = {
  name: 'without-cloud',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@azure\/|@typespec\/)/ }, ({ path: name }) => ({
      path: name,
      namespace: 'cloud',
    }))
    onLoad({ filter: /.*/, namespace: 'cloud' }, ({ path: name }) => ({
      contents: `const part = () => new Proxy(function () {}, {
        get: (target, key) => key === 'prototype' ? target.prototype
          : key === Symbol.toPrimitive ? () => '${name}' : key === 'then' ? undefined : part(),
        apply: () => part(),
        construct() { throw new Error('${name} is not part of this build') },
      })
      module.exports = part()`,
    }))
  },
}

/** Data that the code expects beside itself, in dist as among the sources. */
const assets = ['media/vad/silero-v5-8k.bin']

/** One file instead of thousands: loading is most of the time from start to ready. */
export async function buildServer() {
  for (const old of await readdir(dist)) {
    if (/\.js(\.map)?$/.test(old)) await rm(path.join(dist, old))
  }
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'gateway/main.ts',
      engine: 'gateway/store/embedded/main.ts',
      'aggregate-worker': 'gateway/store/embedded/aggregate/worker.ts',
      'asr-process': 'media/asr/vosk/process.ts',
      'flow-tests-worker': 'gateway/flows/tests-worker.ts',
      'audio-thread': 'media/prompts/import-thread.ts',
      'document-thread': 'gateway/documents/thread.ts',
      'media-worker': 'media/engine/worker.ts',
      'tts-process': 'media/tts/espeak/process.ts',
      'wechaty-process': 'channels/wechaty/process.ts',
    },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...needed, ...absent],
    plugins: [withoutCloud],
    // CommonJS packages inside the bundle expect these
    banner: {
      js: [
        "import { createRequire as bundleRequire } from 'node:module'",
        "import { fileURLToPath as bundlePath } from 'node:url'",
        'const require = bundleRequire(import.meta.url)',
        'const __filename = bundlePath(import.meta.url)',
        "const __dirname = bundlePath(new URL('.', import.meta.url))",
      ].join('\n'),
    },
    // half the bytes to read and compile; names stay, for stack traces
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
  })
  for (const asset of assets) {
    await copyFile(path.join(root, asset), path.join(dist, path.basename(asset)))
  }
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
  const folders = ['gateway', 'bots', 'channels', 'media', 'admin', 'scripts']
  const sources = await Promise.all(folders.map((folder) => newest(path.join(root, folder))))
  return Math.max(...sources) < built.mtimeMs
}

if (process.argv.includes('--server')) {
  await mkdir(dist, { recursive: true })
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
