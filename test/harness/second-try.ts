/**
 * Tests that talk in real time, with browsers and telephones on two cores, may fail for want of a core. Each has one
 * second try, and what needed it is named: a name that comes again is a fault to be found.
 */
export const mochaHooks = {
  afterEach(this: Mocha.Context) {
    const test = this.currentTest as (Mocha.Test & { currentRetry(): number }) | undefined
    if (test?.state === 'passed' && test.currentRetry() > 0)
      process.stderr.write(`\nSECOND TRY ${test.fullTitle()}\n`)
  },
}
