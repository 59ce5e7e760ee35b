/** What shows a set and what follows from it. */
export const touchedBy = (id: string): string[] => [
  '/intents',
  `/intents/${id}/unsorted`,
  `/intents/${id}/versions`,
  `/intents/${id}/evaluation`,
]
