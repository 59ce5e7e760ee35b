/** A data source at work: where it came from, what it is, and its secret opened. */
import type {
  AnswerMapping,
  HttpSettings,
  MongoSettings,
  SeenAnswer,
  SourceParameter,
  SqlSettings,
  TableSettings,
} from './schema.ts'

export type Row = Record<string, unknown>

type Kinded =
  | { kind: 'http'; settings: HttpSettings }
  | { kind: 'postgres' | 'mysql'; settings: SqlSettings }
  | { kind: 'mongodb'; settings: MongoSettings }
  | { kind: 'table'; settings: TableSettings }

export type Source = Kinded & {
  id: string
  name: { zh: string; en: string }
  note?: string
  origin: 'bundled' | 'file' | 'stored'
  parameters: SourceParameter[]
  mapping?: AnswerMapping
  cacheSeconds: number
  staleSeconds: number
  timeoutMs: number
  /** JSON text */
  fallback?: string
  /** when it was saved */
  seen?: SeenAnswer
  /** opened; lost where it was sealed with another secret of the installation */
  secret?: string | { lost: true }
}

/** Asks the other end; one per source, made anew when its settings change. */
export interface SourceReader {
  /**
   * The raw answer; null: nothing found.
   * @throws YiluError with a code SOURCE_…, details `{ detail }` in the other end's words
   */
  ask(params: Record<string, unknown>, timeoutMs: number): Promise<unknown>
  close(): Promise<void>
}
