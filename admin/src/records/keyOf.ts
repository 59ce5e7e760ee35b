/** What is asked of a path is kept under its bare name: the desk keeps its own questions there too. */
export const keyOf = (path: string): string => path.replace(/^\//, '')
