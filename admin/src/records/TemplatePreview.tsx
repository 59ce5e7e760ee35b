import { piecesOf } from './templateText.ts'
import './records.css'

interface Props {
  text: string
  params: Record<string, string>
  /** what stands where nothing is filled in */
  labelOf(key: string): string
}

/** What the contact will read, with the filled-in places marked. */
export function TemplatePreview({ text, params, labelOf }: Props) {
  return (
    <p className="template-preview">
      {piecesOf(text, params).map((piece, index) =>
        'text' in piece ? (
          <span key={index}>{piece.text}</span>
        ) : (
          <mark key={index}>{piece.value || `{${labelOf(piece.key)}}`}</mark>
        ),
      )}
    </p>
  )
}
