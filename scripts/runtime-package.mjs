/**
 * Prints the package.json of an image: the packages outside the bundle, in the very versions of the lock file.
 * The overrides count in the root package alone (npm leaves vosk out without them), so they are repeated.
 */
import { readFile } from 'node:fs/promises'
import { needed } from './external.mjs'

const read = async (name) => JSON.parse(await readFile(new URL(`../${name}`, import.meta.url)))
const { name, version, optionalDependencies, overrides } = await read('package.json')
const { packages } = await read('package-lock.json')
const versions = (wanted) =>
  Object.fromEntries(wanted.map((each) => [each, packages[`node_modules/${each}`].version]))
const isOptional = (each) => each in optionalDependencies

console.log(
  JSON.stringify(
    {
      name,
      version,
      private: true,
      type: 'module',
      dependencies: versions(needed.filter((each) => !isOptional(each))),
      optionalDependencies: versions(needed.filter(isOptional)),
      overrides,
    },
    undefined,
    2,
  ),
)
