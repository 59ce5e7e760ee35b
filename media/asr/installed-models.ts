import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Written by `npm run models -- add` beside the model's own files. */
export const MANIFEST = 'yilu-model.json'
/** Lies in models made of synthetic voices (scripts/test-model). */
export const TEST_MARKER = 'TEST-VOICE-ONLY'

export interface InstalledModel {
  locale: string
  dir: string
  name: string
  /** why it must not be used, in both languages */
  refused?: string
}

const manifest = z.object({ name: z.string() })
const LOCALE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/**
 * The models in `<modelsDir>/<locale>/`. A folder an operator filled by hand counts too.
 * @param production refuses models of synthetic voices: they understand no caller
 */
export function installedModels(modelsDir: string, production: boolean): InstalledModel[] {
  if (!existsSync(modelsDir)) return []
  return readdirSync(modelsDir, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && LOCALE.test(entry.name))
    .map(({ name: locale }) => {
      const dir = path.resolve(modelsDir, locale)
      const refused = production && existsSync(path.join(dir, TEST_MARKER)) ? TEST_ONLY : undefined
      return { locale, dir, name: nameOf(dir) ?? locale, ...(refused && { refused }) }
    })
}

const TEST_ONLY =
  '这是仅供测试的合成语音模型,正式环境不能使用。请运行 npm run models -- add zh --replace。 ' +
  'This model of synthetic voices is for tests; production refuses it. Run npm run models -- add <locale> --replace.'

function nameOf(dir: string): string | undefined {
  try {
    return manifest.parse(JSON.parse(readFileSync(path.join(dir, MANIFEST), 'utf8'))).name
  } catch {
    return undefined
  }
}
