import type { WirePart } from '../../../../gateway/desk/protocol.ts'

type Card = Extract<WirePart, { type: 'card' }>

/** What the visitor got as a card; its buttons are shown, and work where they lead to a page. */
export function CardPart({ part }: { part: Card }) {
  return (
    <div className="card">
      {part.image && <img src={part.image} alt="" loading="lazy" />}
      <strong>
        {part.url ? (
          <a href={part.url} target="_blank" rel="noreferrer">
            {part.title}
          </a>
        ) : (
          part.title
        )}
      </strong>
      {part.text && <p className="text">{part.text}</p>}
      {part.actions && (
        <ul className="chips">
          {part.actions.map((action) => (
            <li key={`${action.kind}-${action.value}`}>
              {action.kind === 'url' ? (
                <a href={action.value} target="_blank" rel="noreferrer">
                  {action.label}
                </a>
              ) : (
                action.label
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
