/** The fields of an account's settings, read from the JSON Schema its kind comes with. Pure. */

export interface Sentence {
  zh: string
  en: string
}

export interface SettingField {
  name: string
  type: 'text' | 'long' | 'url' | 'number' | 'switch' | 'choice' | 'list'
  label: Sentence
  help?: Sentence
  required: boolean
  secret: boolean
  advanced: boolean
  /** of a choice */
  options: { value: string; label: Sentence }[]
  /** what a new account begins with */
  initial?: unknown
  maxLength?: number
  min?: number
  max?: number
  /** numbers without a fraction */
  whole: boolean
}

type Schema = Record<string, unknown>

/** Longer texts than this get a box of several lines. */
const LONG_CHARS = 300

/** In the order of the schema. */
export function settingFields(schema: Schema): SettingField[] {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const required = (schema['required'] ?? []) as string[]
  return Object.entries(properties).map(([name, property]) =>
    fieldOf(name, property, required.includes(name)),
  )
}

function fieldOf(name: string, property: Schema, required: boolean): SettingField {
  const shape = shapeOf(property)
  const word = (key: string) => (typeof property[key] === 'string' ? property[key] : name)
  const help = property['help'] as Sentence | undefined
  const secret = property['secret'] === true
  return {
    name,
    type: secret ? 'text' : typeOf(shape),
    label: { zh: word('zh'), en: word('en') },
    ...(help && { help }),
    required,
    secret,
    advanced: property['advanced'] === true,
    options: optionsOf(shape, property['options'] as Record<string, Sentence> | undefined),
    ...('default' in property && { initial: property['default'] }),
    ...numbers(shape, { maxLength: 'maxLength', min: 'minimum', max: 'maximum' }),
    whole: shape['type'] === 'integer',
  }
}

/** What may also be null or another shape is drawn as the first that is not null. */
function shapeOf(property: Schema): Schema {
  const choices = (property['anyOf'] ?? property['oneOf']) as Schema[] | undefined
  return choices?.find(({ type }) => type !== 'null') ?? property
}

function typeOf(shape: Schema): SettingField['type'] {
  if (Array.isArray(shape['enum'])) return 'choice'
  switch (shape['type']) {
    case 'boolean':
      return 'switch'
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return 'list'
    default:
      if (shape['format'] === 'uri') return 'url'
      return Number(shape['maxLength'] ?? 0) > LONG_CHARS ? 'long' : 'text'
  }
}

function optionsOf(shape: Schema, words: Record<string, Sentence> = {}): SettingField['options'] {
  const values = (shape['enum'] ?? []) as unknown[]
  return values.map((each) => {
    const value = String(each)
    return { value, label: words[value] ?? { zh: value, en: value } }
  })
}

function numbers<K extends string>(
  shape: Schema,
  names: Record<K, string>,
): Partial<Record<K, number>> {
  const found: Partial<Record<K, number>> = {}
  for (const [key, name] of Object.entries(names) as [K, string][]) {
    const value = shape[name]
    // zod writes the bounds of safe integers where a schema has none
    if (typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER) found[key] = value
  }
  return found
}
