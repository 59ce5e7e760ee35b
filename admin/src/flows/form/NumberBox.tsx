import type { TFunction } from 'i18next'
import { TextBox } from './TextBox.tsx'

interface Props {
  id?: string
  label?: string
  describedBy?: string
  value: unknown
  unit?: string | undefined
  placeholder?: string | undefined
  scale?: number | undefined
  invalid?: boolean
  onChange(value: number | string | undefined): void
}

/** A number as it is typed. What is none stays as words, in the draft too, until somebody mends it. */
export function NumberBox(props: Props) {
  const { id, label, describedBy, value, unit, placeholder, scale = 1, invalid, onChange } = props
  return (
    <span className="form-number">
      <TextBox
        numeric
        {...(id !== undefined && { id })}
        {...(label !== undefined && { label })}
        {...(describedBy !== undefined && { describedBy })}
        {...(placeholder !== undefined && { placeholder })}
        {...(invalid && { invalid })}
        value={typeof value === 'number' ? String(tidy(value / scale)) : value}
        agrees={(typed) => numberIn(typed, scale) === value}
        onChange={(text) => onChange(numberIn(text, scale))}
      />
      {unit !== undefined && <span className="quiet">{unit}</span>}
    </span>
  )
}

/** Thousandths of 8 do not become 8.000000000000002. */
const tidy = (value: number) => Number(value.toFixed(6))

function numberIn(text: string, scale: number): number | string | undefined {
  const typed = text.normalize('NFKC').trim()
  if (typed === '') return undefined
  // a trailing point or zero is on its way to something: 0.0 must not become 0 under the fingers
  return /^-?\d+(\.\d+)?$/.test(typed) ? tidy(Number(typed) * scale) : text
}

/** What is wrong with it, as a sentence. */
export function numberNote(
  value: unknown,
  {
    min,
    max,
    scale = 1,
  }: { min?: number | undefined; max?: number | undefined; scale?: number | undefined },
  t: TFunction,
): string | undefined {
  if (value === undefined) return undefined
  const good =
    typeof value === 'number' && value >= (min ?? -Infinity) && value <= (max ?? Infinity)
  if (good) return undefined
  const [from, to] = [min, max].map((each) => (each !== undefined ? each / scale : undefined))
  if (from !== undefined && to !== undefined) return t('number.between', { from, to })
  if (from !== undefined) return t('number.from', { from })
  return to !== undefined ? t('number.upTo', { to }) : t('number.none')
}
