/**
 * Speech models: `npm run models -- add <locale> [--from file|url] [--sha256 hex] [--replace]`, `list`, `remove <locale>`.
 * They lie in <YILU_DATA>/models/<locale>, or below --dir; a running house finds a new one within ten seconds.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { addModel } from './models/add.mjs'
import { Complaint, say } from './models/words.mjs'
import { listModels } from './models/list.mjs'
import { removeModel } from './models/remove.mjs'

const USAGE = `npm run models -- add <zh|en|…> [--from file|url] [--sha256 hex] [--replace] [--dir folder]
npm run models -- list [--dir folder]
npm run models -- remove <zh|en|…> [--dir folder]`

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      sha256: { type: 'string' },
      replace: { type: 'boolean', default: false },
      dir: { type: 'string' },
    },
  })
  const modelsDir = path.resolve(
    values.dir ?? path.join(process.env.YILU_DATA || './data', 'models'),
  )
  const [command, locale] = positionals
  if (command === 'list') listModels(modelsDir)
  else if (command === 'add' && locale) {
    const production = process.env.NODE_ENV === 'production'
    await addModel({ ...values, locale: localeOf(locale), modelsDir, production })
  } else if (command === 'remove' && locale) await removeModel(modelsDir, localeOf(locale))
  else {
    console.log(USAGE)
    process.exitCode = command ? 2 : 0
  }
} catch (error) {
  const unknownOption = /^ERR_PARSE_ARGS/.test(error.code ?? '')
  if (error instanceof Complaint) say(error.zh, error.en)
  else say(`失败:${error.message}`, `Failed: ${error.message}`)
  if (unknownOption) console.log(USAGE)
  process.exitCode = unknownOption ? 2 : 1
}

function localeOf(text) {
  // becomes the name of a folder
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text)) return text
  throw new Complaint(
    `语言代码应类似 zh、en 或 zh-CN,而不是 ${text}。`,
    `A locale looks like zh, en or zh-CN, not ${text}.`,
  )
}
