interface Words {
  /** changes with every announcement, so that the same words twice are read twice */
  count: number
  text: string
  urgent: boolean
}

/** What screen readers are told: new offers at once, new messages when they pause. */
export function LiveWords({ words }: { words: Words }) {
  return (
    <div className="seen-by-readers">
      <div aria-live="assertive">{words.urgent && <p key={words.count}>{words.text}</p>}</div>
      <div aria-live="polite">{!words.urgent && <p key={words.count}>{words.text}</p>}</div>
    </div>
  )
}
