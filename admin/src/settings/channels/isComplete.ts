/** Can a provider call it: without YILU_PUBLIC_URL an address begins with its path. Pure. */
export function isComplete(address: string): boolean {
  return /^https?:\/\//.test(address)
}
