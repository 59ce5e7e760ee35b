import { Fragment } from 'react'

/** Words as they were written, with web addresses to click. Never read as HTML. */
export function TextPart({ text }: { text: string }) {
  // Chinese runs on after an address without a blank, so its punctuation ends one too
  const pieces = text.split(/(https?:\/\/[^\s<>"',。!?、;:)】」]+)/)
  return (
    <p className="text">
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          <a key={index} href={piece} target="_blank" rel="noreferrer noopener">
            {piece}
          </a>
        ) : (
          <Fragment key={index}>{piece}</Fragment>
        ),
      )}
    </p>
  )
}
