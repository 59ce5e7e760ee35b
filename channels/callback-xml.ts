/**
 * The XML of Tencent's callbacks, read within bounds. Everything stays a string ("00123" is no number, ids have
 * 64 bits), nothing is trimmed, and lists are arrays also when they hold one item.
 */
import { XMLParser } from 'fast-xml-parser'

/** The largest seen is an event with 20 pictures, below 10 kB encrypted. */
export const MAX_CALLBACK_BYTES = 64 * 1024
const MAX_DEPTH = 8
const BEGINNING = /^\s*(<\?xml[^>]*>\s*)?<xml>/

/** Elements that are lists, by name: SendPicsInfo.PicList.item, CopyrightCheckResult.ResultList.item … */
const lists = new Set(['item', 'List'])

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  maxNestedTags: MAX_DEPTH,
  // &amp; and its kind: a document that declares its own does not begin as ours do
  processEntities: true,
  isArray: (name) => lists.has(name),
})

/** A value of such a document: a text, further elements, or a list of either. */
export type XmlValue = string | XmlFields | XmlValue[]
export interface XmlFields {
  [name: string]: XmlValue | undefined
}

/** @returns what is inside `<xml>`; undefined where it is not such a document, too large or too deep */
export function readCallbackXml(text: string): XmlFields | undefined {
  if (text.length > MAX_CALLBACK_BYTES || !BEGINNING.test(text)) return undefined
  try {
    const { xml } = parser.parse(text, true) as { xml?: XmlValue }
    return typeof xml === 'object' && !Array.isArray(xml) ? xml : undefined
  } catch {
    return undefined
  }
}

/** A text of it; '' where there is none. */
export function xmlText(fields: XmlFields | undefined, name: string): string {
  const value = fields?.[name]
  return typeof value === 'string' ? value : ''
}

/** An element of it that holds others. */
export function xmlFields(fields: XmlFields | undefined, name: string): XmlFields | undefined {
  const value = fields?.[name]
  return typeof value === 'object' && !Array.isArray(value) ? value : undefined
}

/** The elements of a list. */
export function xmlList(fields: XmlFields | undefined, name: string): XmlFields[] {
  const value = fields?.[name]
  const items = Array.isArray(value) ? value : []
  return items.filter((item): item is XmlFields => typeof item === 'object' && !Array.isArray(item))
}
