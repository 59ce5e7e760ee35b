import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Complaint, say } from './words.mjs'

/** @throws Complaint if there is none */
export async function removeModel(modelsDir, locale) {
  const place = path.join(modelsDir, locale)
  if (!existsSync(place)) {
    throw new Complaint(`没有 ${locale} 的模型。`, `There is no model for ${locale}.`)
  }
  // renamed first: a house that starts meanwhile must not find half a model
  const away = path.join(modelsDir, `.removing-${locale}-${randomBytes(4).toString('hex')}`)
  await rename(place, away)
  await rm(away, { recursive: true, force: true })
  say(
    `已删除 ${locale} 的模型。运行中的系统在重启前仍在使用它。`,
    `Removed the model for ${locale}. A running house uses it until it restarts.`,
  )
}
