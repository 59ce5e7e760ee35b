/**
 * Tests that wait in real time and do not mind each other wait together: all begin when the suite's `before`
 * hooks are done, and each is reported by its own name. A second try is made alone.
 */
export function sideBySide(tests: Record<string, () => Promise<void>>): void {
  const begun = new Map<string, Promise<void>>()

  before(() => {
    for (const [title, test] of Object.entries(tests)) {
      const going = test()
      // told by the test of that name
      going.catch(() => undefined)
      begun.set(title, going)
    }
  })

  for (const [title, test] of Object.entries(tests))
    it(title, () => {
      const going = begun.get(title) ?? test()
      begun.delete(title)
      return going
    })

  // what is left running when one of them failed or was not waited for ends before the suite's parts do
  after(() => Promise.allSettled(begun.values()))
}
