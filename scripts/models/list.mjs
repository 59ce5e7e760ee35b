import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { KNOWN, MANIFEST, TEST_MARKER } from './known.mjs'
import { say } from './words.mjs'

/** What is installed, and what could be. */
export function listModels(modelsDir) {
  const installed = existsSync(modelsDir)
    ? readdirSync(modelsDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => entry.name)
    : []
  if (installed.length === 0) {
    say(
      `${modelsDir} 中没有模型,来电者只能用按键。`,
      `There is no model in ${modelsDir}; callers use keys.`,
    )
  }
  for (const locale of installed) {
    const dir = path.join(modelsDir, locale)
    const test = existsSync(path.join(dir, TEST_MARKER)) ? '  (仅供测试 · for tests only)' : ''
    console.log(`${locale}\t${nameOf(dir)}\t${dir}${test}`)
  }
  for (const [locale, { name, bytes }] of Object.entries(KNOWN)) {
    if (installed.includes(locale)) continue
    const size = `${(bytes / 1e6).toFixed(0)} MB`
    console.log(`${locale}\t${name}\t${size}\tnpm run models -- add ${locale}`)
  }
}

function nameOf(dir) {
  try {
    return String(JSON.parse(readFileSync(path.join(dir, MANIFEST), 'utf8')).name)
  } catch {
    return '?'
  }
}
