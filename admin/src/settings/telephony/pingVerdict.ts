interface Verdict {
  /** key of the sentence */
  word: 'pinged' | 'pingRefused' | 'pingSilent' | 'pingFailed'
  type: 'success' | 'warning' | 'error'
}

/** What the status of an OPTIONS says: any answer shows that somebody is there; 408 is our own word for none. */
export function pingVerdict(status: number): Verdict {
  if (status >= 200 && status < 300) return { word: 'pinged', type: 'success' }
  if (status === 408) return { word: 'pingSilent', type: 'error' }
  if (status >= 500) return { word: 'pingFailed', type: 'error' }
  return { word: 'pingRefused', type: 'warning' }
}
