import type { Doc } from './value.ts'

/**
 * An error a client is told about, with the numbers and names of the MongoDB manual ("Error Codes").
 * Anything else thrown while a command runs is a defect of the engine and is reported as code 8.
 */
export class CommandError extends Error {
  readonly code: number
  readonly codeName: string
  /** more fields of the reply, such as `keyPattern` and `keyValue` of a duplicate key */
  readonly extra: Doc

  constructor(code: number, codeName: string, message: string, extra: Doc = {}) {
    super(message)
    this.name = 'CommandError'
    this.code = code
    this.codeName = codeName
    this.extra = extra
  }
}

/** A factory per code, so that a call reads `throw badValue('…')`. */
const named = (code: number, codeName: string) => (message: string) =>
  new CommandError(code, codeName, message)

export const badValue = named(2, 'BadValue')
export const failedToParse = named(9, 'FailedToParse')
export const typeMismatch = named(14, 'TypeMismatch')
export const overflow = named(15, 'Overflow')
export const illegalOperation = named(20, 'IllegalOperation')
export const namespaceNotFound = named(26, 'NamespaceNotFound')
export const indexNotFound = named(27, 'IndexNotFound')
export const pathNotViable = named(28, 'PathNotViable')
export const conflictingOperators = named(40, 'ConflictingUpdateOperators')
export const cursorNotFound = named(43, 'CursorNotFound')
export const namespaceExists = named(48, 'NamespaceExists')
export const maxTimeExpired = named(50, 'MaxTimeMSExpired')
export const dollarPrefixed = named(52, 'DollarPrefixedFieldName')
export const invalidId = named(53, 'InvalidIdField')
export const emptyFieldName = named(56, 'EmptyFieldName')
export const commandNotFound = named(59, 'CommandNotFound')
export const immutableField = named(66, 'ImmutableField')
export const cannotCreateIndex = named(67, 'CannotCreateIndex')
export const invalidOptions = named(72, 'InvalidOptions')
export const invalidNamespace = named(73, 'InvalidNamespace')
export const indexOptionsConflict = named(85, 'IndexOptionsConflict')
export const indexKeySpecsConflict = named(86, 'IndexKeySpecsConflict')
export const parallelArrays = named(171, 'CannotIndexParallelArrays')
export const planKilled = named(175, 'QueryPlanKilled')
/** what the embedded engine leaves out; the sentence says what to use instead */
export const notSupported = named(115, 'CommandNotSupported')
export const sortMemory = named(292, 'QueryExceededMemoryLimitNoDiskUseAllowed')
export const objectTooLarge = named(10334, 'BSONObjectTooLarge')

/** Codes without a name of their own are called `Location<code>` by the server. */
export const location = (code: number, message: string) =>
  new CommandError(code, `Location${code}`, message)
