/** Builds the console. `node scripts/build-admin.mjs [outDir]` puts it into `<outDir>/admin`. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../admin/', import.meta.url))

/**
 * @param {string} outDir folder that receives `admin/`
 * @returns {Promise<void>}
 */
export async function buildAdmin(outDir) {
  await build({
    root,
    configFile: resolve(root, 'vite.config.ts'),
    base: '/admin/',
    logLevel: 'warn',
    build: { outDir: resolve(outDir, 'admin'), emptyOutDir: true },
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildAdmin(process.argv[2] ?? fileURLToPath(new URL('../dist/', import.meta.url)))
