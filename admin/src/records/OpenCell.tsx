import type { ReactNode } from 'react'

/** The cell that opens a row by keyboard. */
export function OpenCell({ onOpen, children }: { onOpen(): void; children: ReactNode }) {
  return (
    <button type="button" className="open-cell" onClick={onOpen}>
      {children}
    </button>
  )
}
