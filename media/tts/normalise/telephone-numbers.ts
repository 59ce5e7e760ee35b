/** Where the numbers of telephones stand in a text; how their digits sound is each language's matter. */

/** Not part of a longer number, a decimal, or a word. */
const BEFORE = String.raw`(?<![\p{Script=Latin}\d.,]|[\d][-–])`
const AFTER = String.raw`(?![\p{Script=Latin}\d]|[.,]\d|-\d)`

const SHAPES = [
  // +86 29 8721 1234, +44 (0)20 7946 0000
  String.raw`\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}`,
  // mobiles: 139 0000 0000
  String.raw`(?:(?:0086|86)[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}`,
  // land lines: (029) 8721 1234, 029-87211234
  String.raw`\(0\d{2,3}\) ?\d{3,4}[ -]?\d{4}|（0\d{2,3}） ?\d{3,4}[ -]?\d{4}`,
  String.raw`0\d{2,3}[ -]?\d{3,4}[ -]?\d{4}`,
  // 400-123-4567, 800 810 1234
  String.raw`[48]00[ -]?\d{3}[ -]?\d{4}|[48]00[ -]?\d{4}[ -]?\d{3}`,
]

/** with an extension behind it: 029-87211234-801, 转801 */
export const TELEPHONE = new RegExp(`${BEFORE}(${SHAPES.join('|')})(?:-(\\d{1,5}))?${AFTER}`, 'gu')

/**
 * Chinese service numbers: 12301, 12345, 10086, 95105, 96111. Five or six digits alone could be an amount;
 * with these beginnings and no unit behind it, it is a number to dial. -1 behind it: a key to press then.
 */
export const SERVICE_NUMBER = new RegExp(
  `${BEFORE}(12[0-9]\\d{2}|100(?:0[01]|1[05]|50|60|86|99)|95\\d{3}|96\\d{3,4}|1118[35]|118114)(?:-(\\d))?${AFTER}`,
  'gu',
)

/** 110, 119, 120, 122, 114: spoken digit by digit only where a telephone is spoken of. */
export const EMERGENCY = new RegExp(`${BEFORE}(11[0-9]|12[0-2]|911|999)${AFTER}`, 'gu')

/** The groups as written: +86 29 8721 1234 → ["86", "29", "8721", "1234"]; an unbroken row as people say it. */
export function writtenGroups(written: string, groups: (digits: string) => string[]): string[] {
  return written.split(/\D+/).filter(Boolean).flatMap(groups)
}
