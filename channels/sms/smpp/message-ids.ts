/**
 * Centres name a message one way when they take it and another way in its receipt: hex there and decimal here,
 * upper and lower case, with leading zeros or without. What was sent lately shows which way it is with this one;
 * that is remembered, for after a restart nothing else tells.
 */

/** What must be done to the id of a receipt to get the one of the answer. */
export type IdDialect = 'same' | 'decimalToHex' | 'hexToDecimal'
export const idDialects: IdDialect[] = ['same', 'decimalToHex', 'hexToDecimal']

/** Ids this long are numbers of some other kind, and time out of JavaScript's hands besides. */
const MAX_DIGITS = 32

/** One form for all ways of writing the same id. */
export function plainId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '')
}

/** @returns undefined where it cannot be read that way */
export function translatedId(id: string, dialect: IdDialect): string | undefined {
  const plain = plainId(id)
  if (dialect === 'same') return plain
  if (plain.length > MAX_DIGITS) return undefined
  if (dialect === 'decimalToHex')
    return /^\d+$/.test(plain) ? BigInt(plain).toString(16) : undefined
  return /^[0-9a-f]+$/.test(plain) ? BigInt(`0x${plain}`).toString(10) : undefined
}

/** Receipts come within days; those of the last hours of a busy account are enough to learn from. */
const REMEMBERED = 20_000
/** By chance, one so long in decimal is hardly another one's in hex. */
const LONG_ID = 8

/** The segments of one message: it has arrived when all of them have. */
interface Sent {
  /** ids still to be reported */
  open: Set<string>
  /** segments the centre has not taken so far */
  following: number
  failed: boolean
  to: string
}

interface Match {
  id: string
  dialect: IdDialect
}

export class MessageIds {
  private dialect: IdDialect | undefined
  private readonly onLearned: (dialect: IdDialect) => void
  private readonly sent = new Map<string, Sent>()
  private readonly onTheWay = new Set<Promise<void>>()

  constructor(options: { known?: IdDialect; onLearned: (dialect: IdDialect) => void }) {
    this.dialect = options.known
    this.onLearned = options.onLearned
  }

  know(dialect: IdDialect): void {
    this.dialect = dialect
  }

  /** A segment is on its way: its receipt may be here before its answer. @returns to be called with the answer */
  sending(): () => void {
    let answered!: () => void
    const sending = new Promise<void>((resolve) => (answered = resolve))
    this.onTheWay.add(sending)
    return () => {
      this.onTheWay.delete(sending)
      answered()
    }
  }

  /**
   * A segment was taken.
   * @param earlier what this returned for the segments of the same message before it
   * @param following how many are still to be sent
   * @returns what reports of it will be told under
   */
  took(id: string, to: string, earlier: string[], following: number): string {
    const plain = plainId(id)
    const sent = (earlier[0] !== undefined && this.sent.get(earlier[0])) || {
      open: new Set<string>(),
      failed: false,
      to: tail(to),
      following,
    }
    sent.open.add(plain)
    sent.following = following
    // of a centre that gives the same id twice, the later message has it
    this.sent.delete(plain)
    this.sent.set(plain, sent)
    if (this.sent.size > REMEMBERED) this.sent.delete(this.sent.keys().next().value!)
    return plain
  }

  /**
   * The segment a receipt speaks of.
   * @param ids as the receipt has them, the likelier one first
   * @param numbers the two numbers of the receipt: one of them is the one it was sent to, and tells apart what
   * small ids alone would not ('16' is one message in hex and another one in decimal)
   * @returns the ids it may have been told under: one, unless nothing is known of this centre so far
   */
  async meant(ids: string[], numbers: string[]): Promise<string[]> {
    const found = this.known(ids, numbers)
    if (found) return found
    await Promise.all(this.onTheWay)
    return this.known(ids, numbers) ?? this.guesses(ids[0]!)
  }

  private known(ids: string[], numbers: string[]): [string] | undefined {
    const tails = numbers.map(tail)
    const matches = this.readings(ids).filter(({ id }) => {
      const sent = this.sent.get(id)
      return sent && tails.includes(sent.to)
    })
    const [first] = matches
    if (!first) return undefined
    if (matches.every(({ id, dialect }) => id === first.id && dialect === first.dialect))
      this.learn(first.dialect)
    return [first.id]
  }

  /** Sent before this process began. Short ids are too alike to guess with. */
  private guesses(id: string): string[] {
    const readings = this.readings([id]).filter(({ dialect }) =>
      this.dialect ? dialect === this.dialect : dialect === 'same' || plainId(id).length >= LONG_ID,
    )
    return [...new Set(readings.map((reading) => reading.id))]
  }

  /**
   * @returns whether the whole message is reported by this: the last segment of one arrived, or the first of
   * one failed. What nothing is known of any more stands for itself.
   */
  completes(id: string, arrived: boolean): boolean {
    const sent = this.sent.get(id)
    if (!sent) return true
    if (!arrived) {
      const first = !sent.failed
      sent.failed = true
      return first
    }
    sent.open.delete(id)
    return sent.open.size === 0 && !sent.following && !sent.failed
  }

  /** All that the ids can be read as; in the way of this centre first, where it is known. */
  private readings(ids: string[]): Match[] {
    const dialects = [...idDialects].sort(
      (a, b) => Number(b === this.dialect) - Number(a === this.dialect),
    )
    return dialects.flatMap((dialect) =>
      ids.flatMap((each) => {
        const id = translatedId(each, dialect)
        return id === undefined ? [] : [{ id, dialect }]
      }),
    )
  }

  private learn(dialect: IdDialect): void {
    if (dialect === this.dialect) return
    this.dialect = dialect
    this.onLearned(dialect)
  }
}

/** Numbers are written with and without their country: the last digits are the same. */
const tail = (number: string): string => number.replace(/\D/g, '').slice(-8)
