/** How a contact is called in a sentence: by name, else by an address, else by the end of the id. */
export function personName(of: {
  id?: string
  name?: string | undefined
  phone?: string | undefined
  email?: string | undefined
}): string {
  return of.name || of.phone || of.email || (of.id ?? '').slice(-8)
}
