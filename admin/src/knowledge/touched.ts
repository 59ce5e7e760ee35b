/** What shows entries and what follows from them: asked for anew after each change. */
export const TOUCHED = [
  '/knowledge',
  '/knowledge/misses',
  '/knowledge/search',
  '/knowledge/categories',
] as const
