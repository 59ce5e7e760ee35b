/** Puts parameters into templates so that none of them can become anything but a value. */

const HOLE = /\{\{\s*(\w+)\s*\}\}/g

export type Params = Record<string, unknown>

/** As text: lists with commas, objects as JSON, nothing for what is not there. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(asText).join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function fillText(
  template: string,
  params: Params,
  encode: (text: string) => string,
): string {
  return template.replace(HOLE, (_, name: string) => encode(asText(own(params, name))))
}

/**
 * Fills the strings of a parsed JSON template. One that is a hole and nothing else takes the value with its type,
 * if that is a plain one: an object would bring operators of its own.
 */
export function fillJson(template: unknown, params: Params): unknown {
  if (typeof template === 'string') {
    const whole = /^\{\{\s*(\w+)\s*\}\}$/.exec(template)
    if (whole) return plain(own(params, whole[1]!))
    return fillText(template, params, (text) => text)
  }
  if (Array.isArray(template)) return template.map((each) => fillJson(each, params))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fillJson(value, params)]),
  )
}

/** The names a template asks for. */
export function holesOf(template: string): string[] {
  return [...new Set([...template.matchAll(HOLE)].map(([, name]) => name!))]
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value === undefined) return null
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

const own = (params: Params, name: string): unknown =>
  Object.hasOwn(params, name) ? params[name] : undefined
