type Cost = (self: never, result: never, args: unknown[], lastIndex: number) => number

/**
 * How many characters a piece of work looks at, counted instead of timed: the methods through which it reads
 * text are watched meanwhile. A regular expression counts what it passes over, not what it tries again.
 */
export function countWork(run: () => void): number {
  let work = 0
  const restore: (() => void)[] = []
  const watch = (owner: object, names: string[], cost: Cost): void => {
    for (const name of names) {
      const own = Object.getOwnPropertyDescriptor(owner, name)
      const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        const lastIndex = this instanceof RegExp ? this.lastIndex : 0
        const result = original.apply(this, args)
        work += cost(this as never, result as never, args, lastIndex)
        return result
      })
      restore.push(() =>
        own ? Object.defineProperty(owner, name, own) : Reflect.deleteProperty(owner, name),
      )
    }
  }
  watch(String.prototype, ['charCodeAt'], () => 1)
  watch(String.prototype, ['indexOf', 'lastIndexOf'], passedOver)
  watch(String.prototype, ['slice', 'substring'], (_, result: string) => result.length)
  const whole = ['includes', 'startsWith', 'endsWith', 'trim', 'toLowerCase', 'toUpperCase']
  watch(String.prototype, whole, (self) => String(self).length)
  // with an expression these go through exec, which counts
  watch(String.prototype, ['split', 'replace', 'replaceAll'], (self, _, [pattern]) =>
    pattern instanceof RegExp ? 0 : String(self).length,
  )
  watch(RegExp.prototype, ['exec'], matched)
  watch(Buffer.prototype, ['indexOf'], passedOver)
  watch(Buffer.prototype, ['copy'], (_, result) => result)
  watch(Buffer.prototype, ['copyWithin'], (_, __, [, from, to]) => Number(to) - Number(from))
  watch(Buffer.prototype, ['toString'], (_, result: string) => result.length)
  try {
    run()
  } finally {
    for (const undo of restore) undo()
  }
  return work
}

function passedOver(self: { length: number }, result: number, args: unknown[]): number {
  const from = Math.min(Number(args[1] ?? 0), self.length)
  return Math.max(1, (result === -1 ? self.length : result) - from)
}

function matched(
  self: RegExp,
  match: RegExpExecArray | null,
  args: unknown[],
  lastIndex: number,
): number {
  const from = self.global || self.sticky ? lastIndex : 0
  if (match) return match.index + match[0].length - from + 1
  return self.sticky ? 1 : Math.max(1, String(args[0]).length - from)
}
