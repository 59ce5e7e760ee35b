/** How full a worker is: at 1 it refuses new calls. */
export function loadTone(used: number): 'fine' | 'high' | 'full' {
  return used >= 1 ? 'full' : used >= 0.8 ? 'high' : 'fine'
}
