/** Moving in a tree by keyboard, as WAI-ARIA says trees are moved in. */
export interface TreeLine {
  key: string
  level: number
}

export interface TreeState {
  focus: string
  closed: ReadonlySet<string>
}

/** Lines not inside a closed one. */
export function openLines<T extends TreeLine>(
  lines: readonly T[],
  closed: ReadonlySet<string>,
): T[] {
  let hiddenBelow = Infinity
  return lines.filter((line) => {
    if (line.level > hiddenBelow) return false
    hiddenBelow = closed.has(line.key) ? line.level : Infinity
    return true
  })
}

export function hasInner(lines: readonly TreeLine[], key: string): boolean {
  const at = lines.findIndex((line) => line.key === key)
  return at >= 0 && (lines[at + 1]?.level ?? 0) > lines[at]!.level
}

/** The state after a key, or the same object when the key means nothing here. */
export function pressed(lines: readonly TreeLine[], state: TreeState, key: string): TreeState {
  const seen = openLines(lines, state.closed)
  const at = seen.findIndex((line) => line.key === state.focus)
  const line = seen[at]
  if (!line) return state
  const to = (other: TreeLine | undefined): TreeState =>
    other ? { ...state, focus: other.key } : state
  switch (key) {
    case 'ArrowDown':
      return to(seen[at + 1])
    case 'ArrowUp':
      return to(seen[at - 1])
    case 'Home':
      return to(seen[0])
    case 'End':
      return to(seen.at(-1))
    case 'ArrowRight':
      if (!hasInner(lines, line.key)) return state
      return state.closed.has(line.key) ? toggled(state, line.key) : to(seen[at + 1])
    case 'ArrowLeft':
      if (hasInner(lines, line.key) && !state.closed.has(line.key)) return toggled(state, line.key)
      return to(seen.slice(0, at).findLast((above) => above.level < line.level))
    default:
      return state
  }
}

export function toggled(state: TreeState, key: string): TreeState {
  const closed = new Set(state.closed)
  if (!closed.delete(key)) closed.add(key)
  return { ...state, closed }
}

/** Stands on a line, with every line it is inside of opened. Where there is no such line, nothing changes. */
export function openedTo(lines: readonly TreeLine[], state: TreeState, key: string): TreeState {
  const at = lines.findIndex((line) => line.key === key)
  if (at < 0) return state
  const closed = new Set(state.closed)
  let level = lines[at]!.level
  for (const above of lines.slice(0, at).reverse()) {
    if (above.level >= level) continue
    closed.delete(above.key)
    level = above.level
  }
  return { focus: key, closed: closed.size === state.closed.size ? state.closed : closed }
}
