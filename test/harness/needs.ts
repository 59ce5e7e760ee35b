/** Programs of others that a test runs, and what a test is called where one is missing: mocha shows no reasons. */
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/**
 * @param debianPackage where the program comes from, when it is not called the same
 * @returns why it cannot be run here; undefined: it can
 */
export function needs(program: string, debianPackage = program): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const isThere = folders.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  return isThere ? undefined : `${program} is not installed (apt install ${debianPackage})`
}

/** The tests of a title; pending, with the reason in it, where something is missing. */
export function describeWhere(
  missing: string | undefined,
  title: string,
  tests: (this: Mocha.Suite) => void,
): void {
  if (missing) describe.skip(`${title} — ${missing}`, tests)
  else describe(title, tests)
}
