import { cardinal } from './cardinal.ts'

/** A number as people type it: 1,200 or 35.5 */
export const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
/** "to", as typed between two numbers */
export const TO = String.raw` ?(?:--?|[–—−~～至到]) ?`

/** Where 2 is said 两; not 二月, 二号, 二楼, which count places in a row. */
const MEASURES =
  '个|位|人|名|张|天|晚|周|年(?!级)|小时|分钟|秒|公里|千米|米|厘米|公斤|千克|克|斤|吨|升|毫升|元|块|次|间|套|份|件|条|家|座|站|层|场|种|辆|艘|倍|点钟?(?!\\d)|平方|立方|里|页|本|瓶|杯|盒|只|头|匹|支|枚|首|段|句|双|对|美元|欧元|英镑|港元|日元|韩元|顿|岁'
export const MEASURE = new RegExp(`^ ?(?:多|来)?(?:${MEASURES})`)

/** @param after what follows the number: 2 + 个 → 两 */
export function counting(written: string, after: string): string {
  return written === '2' && MEASURE.test(after) ? '两' : cardinal(written)
}
