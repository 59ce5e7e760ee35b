/** How long to believe that something still comes: a loaded machine takes its time, a passing test does not wait. */
export const PATIENCE_MS = 30_000
