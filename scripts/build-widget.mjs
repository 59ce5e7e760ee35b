/**
 * Builds the web chat for the browser: `<outDir>/webchat/{loader.js,app.js,app.css,frame.html,call.js,call.css,call.html,
 * demo.html,demo.css}`.
 * Run directly: `node scripts/build-widget.mjs [outDir]` (default `dist`).
 */
import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const widget = fileURLToPath(new URL('../channels/webchat/widget/', import.meta.url))

/** Largest size in bytes, minified and not compressed: every visitor of every page loads the loader. */
const LIMITS = { 'loader.js': 5 * 1024, 'app.js': 60 * 1024, 'call.js': 48 * 1024 }

/** CSS that older phones would not understand is written out for them. */
const CSS_TARGET = ['chrome90', 'safari14', 'firefox88']

/** @param {string} outDir @returns {Promise<Record<string, number>>} size of each file in bytes */
export async function buildWidget(outDir) {
  const out = join(resolve(outDir), 'webchat')
  await mkdir(out, { recursive: true })
  const common = { absWorkingDir: widget, bundle: true, minify: true, logLevel: 'warning' }
  const script = {
    ...common,
    platform: 'browser',
    target: 'es2020',
    legalComments: 'none',
    charset: 'utf8',
  }
  await Promise.all([
    build({
      ...script,
      entryPoints: ['loader.ts'],
      outfile: join(out, 'loader.js'),
      format: 'iife',
    }),
    build({
      ...script,
      entryPoints: ['app.tsx'],
      outfile: join(out, 'app.js'),
      format: 'esm',
      charset: 'utf8', // 汉字 as they are: half the bytes of \u escapes
      jsx: 'automatic',
      jsxImportSource: 'preact',
    }),
    build({
      ...script,
      entryPoints: { call: 'call-page.tsx' },
      outdir: out,
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    }),
    build({
      ...common,
      entryPoints: { app: 'app.css', demo: 'demo.css', call: 'call-page.css' },
      outdir: out,
      target: CSS_TARGET,
    }),
    ...['frame.html', 'call.html', 'demo.html'].map((name) =>
      copyFile(join(widget, name), join(out, name)),
    ),
  ])
  const names = [
    ...['loader.js', 'app.js', 'app.css', 'frame.html'],
    ...['call.js', 'call.css', 'call.html', 'demo.html', 'demo.css'],
  ]
  const sizes = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(out, name))).size])),
  )
  for (const [name, limit] of Object.entries(LIMITS)) {
    if (sizes[name] > limit) {
      throw new Error(`webchat/${name} has ${sizes[name]} bytes, ${limit} are allowed`)
    }
  }
  return sizes
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await buildWidget(process.argv[2] ?? 'dist')
  for (const [name, bytes] of Object.entries(sizes)) console.log(`webchat/${name}  ${bytes} bytes`)
}
