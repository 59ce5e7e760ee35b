import { linkify } from '../linkify.ts'

/** Text as it was written: line breaks kept, addresses to tap, never markup. */
export function Words({ text }: { text: string }) {
  return (
    <p class="words">
      {linkify(text).map((piece) =>
        piece.href ? (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}
