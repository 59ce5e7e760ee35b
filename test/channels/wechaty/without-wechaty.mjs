/** An installation without wechaty: node is started with this before everything else. */
import { register } from 'node:module'

const hooks = `export async function resolve(specifier, context, next) {
  if (specifier === 'wechaty') {
    const error = new Error("Cannot find package 'wechaty' imported from here")
    error.code = 'ERR_MODULE_NOT_FOUND'
    throw error
  }
  return next(specifier, context)
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
