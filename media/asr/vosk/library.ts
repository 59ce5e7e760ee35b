import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** npm `vosk` carries these builds; there is none for arm64 Linux or musl (facts: package of 2022). */
const BUILDS: Record<string, string> = {
  'linux-x64': 'lib/linux-x86_64/libvosk.so',
  'win32-x64': 'lib/win-x86_64/libvosk.dll',
  'darwin-x64': 'lib/osx-universal/libvosk.dylib',
  'darwin-arm64': 'lib/osx-universal/libvosk.dylib',
}

export type VoskLibrary = { file: string } | { missing: string }

/**
 * Where libvosk lies: `VOSK_LIBRARY`, or the optional package `vosk`. Looks only, loads nothing.
 * @returns the file, or in both languages why there is none
 */
export function voskLibrary(
  env: Record<string, string | undefined> = process.env,
  platform = `${process.platform}-${process.arch}`,
): VoskLibrary {
  const named = env['VOSK_LIBRARY']
  if (named) {
    return existsSync(named)
      ? { file: named }
      : { missing: `VOSK_LIBRARY: ${named} 不存在。 There is no such file.` }
  }
  const build = BUILDS[platform]
  if (!build) {
    return {
      missing:
        `没有适用于 ${platform} 的 libvosk:请设置 VOSK_LIBRARY,或改用远程 vosk-server。 ` +
        `There is no libvosk for ${platform}: set VOSK_LIBRARY, or use a remote vosk-server.`,
    }
  }
  try {
    const description = createRequire(import.meta.url).resolve('vosk/package.json')
    const file = path.join(path.dirname(description), build)
    if (existsSync(file)) return { file }
  } catch {
    // optional: npm leaves it out where it cannot be installed
  }
  return {
    missing:
      '没有安装可选组件 vosk:请运行 npm ci(不要加 --omit=optional),或设置 VOSK_LIBRARY。 ' +
      'The optional package vosk is not installed: run npm ci without --omit=optional, or set VOSK_LIBRARY.',
  }
}
